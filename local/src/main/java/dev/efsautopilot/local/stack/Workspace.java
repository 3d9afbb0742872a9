package dev.efsautopilot.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;

/**
 * Where everything of one run is. Another run may be under way in the same project, so each has a
 * folder of its own, which is gone at its end.
 *
 * @param root the project
 * @param run this run's own folder, for what it writes besides logs
 * @param logs this run's logs, which stay until there are those of many later runs
 */
record Workspace(Path root, Path run, Path logs) implements AutoCloseable {

    private static final int KEPT_LOGS = 10;

    /** Makes the folders of a new run, and removes what killed and old runs left. */
    static Workspace create(Path root) {
        Path home = root.resolve(".autopilot");
        String name =
                "%s-%d-"
                        .formatted(
                                LocalDateTime.now(ZoneId.systemDefault())
                                        .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")),
                                ProcessHandle.current().pid());
        try {
            Path runs = Files.createDirectories(home.resolve("run"));
            removeOrphans(runs);
            Path run = Files.createTempDirectory(runs, name);
            Path logs = home.resolve("logs").resolve(run.getFileName());
            Files.createDirectories(logs);
            removeOldLogs(home.resolve("logs"), runs);
            Files.createDirectories(run.resolve("tmp"));
            return new Workspace(root, run, logs);
        } catch (IOException e) {
            throw new StartFailure("can't write below " + home + ": " + e.getMessage(), e);
        }
    }

    Path python() {
        return tool("python");
    }

    Path sam() {
        return tool("sam");
    }

    /** The Lambda runtime interface client, as the build left it. */
    Path runtimeClient() {
        return root.resolve("local/target/runtime");
    }

    /** What {@code sam build} makes, and what the functions run from. */
    Path build() {
        return run.resolve("build");
    }

    Path scratch() {
        return run.resolve("tmp");
    }

    private Path tool(String name) {
        Path tool = root.resolve(".autopilot/venv/bin").resolve(name);
        if (!Files.isExecutable(tool)) {
            throw new StartFailure(
                    "%s is missing: run ./autopilot once, it makes the virtual environment"
                            .formatted(tool));
        }
        return tool;
    }

    /** Removes the run's folder. */
    @Override
    public void close() {
        try {
            delete(run);
        } catch (IOException e) {
            throw new UncheckedIOException("can't remove " + run, e);
        }
    }

    private static void removeOrphans(Path runs) throws IOException {
        try (var folders = Files.newDirectoryStream(runs, "*-*-*-*")) {
            for (Path folder : folders) {
                long owner = Long.parseLong(folder.getFileName().toString().split("-", 4)[2]);
                if (ProcessHandle.of(owner).isEmpty()) {
                    delete(folder);
                }
            }
        }
    }

    /** Their names begin with the time of their start; those of runs under way stay. */
    private static void removeOldLogs(Path logs, Path runs) throws IOException {
        List<Path> newestFirst;
        try (var folders = Files.list(logs)) {
            newestFirst = folders.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path old : newestFirst.stream().skip(KEPT_LOGS).toList()) {
            if (!Files.exists(runs.resolve(old.getFileName()))) {
                delete(old);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (var paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
