package dev.efsautopilot.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

    @TempDir private Path root;

    @Test
    void the_logs_of_the_last_ten_runs_stay_and_those_of_runs_under_way() throws IOException {
        for (int day = 10; day < 24; day++) {
            Files.createDirectories(log("202601" + day + "-120000-0-1"));
        }
        var pid = ProcessHandle.current().pid();
        var underWay = "20260101-120000-%d-1".formatted(pid);
        Files.createDirectories(log(underWay));
        Files.createDirectories(root.resolve(".autopilot/run").resolve(underWay));

        try (var workspace = Workspace.create(root)) {
            assertThat(logs())
                    .hasSize(11)
                    .contains(underWay, workspace.logs().getFileName().toString())
                    .contains("20260115-120000-0-1")
                    .doesNotContain("20260114-120000-0-1");
        }
    }

    @Test
    void two_runs_at_once_have_folders_of_their_own_and_leave_each_other_alone() {
        try (var one = Workspace.create(root)) {
            try (var two = Workspace.create(root)) {
                assertThat(one.run()).isNotEqualTo(two.run());
                assertThat(two.run()).exists();
            }
            assertThat(one.run()).exists();
        }
        assertThat(root.resolve(".autopilot/run")).isEmptyDirectory();
    }

    private Path log(String name) {
        return root.resolve(".autopilot/logs").resolve(name);
    }

    private List<String> logs() throws IOException {
        try (var folders = Files.list(root.resolve(".autopilot/logs"))) {
            return folders.map(folder -> folder.getFileName().toString()).toList();
        }
    }
}
