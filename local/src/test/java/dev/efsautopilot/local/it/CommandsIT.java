package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read an account, each in a process of its own, as a user runs them. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class CommandsIT {

    private static final String DATA = "efs-autopilot/volume/data";

    @TempDir private Path folder = Path.of("");

    private final Site site;
    private final Team team;

    CommandsIT(Site site) {
        this.site = site;
        this.team = site.team("commands");
    }

    /** What a command left behind. */
    private record Ran(int status, String out, String err) {}

    @BeforeAll
    void aTaskRunsWithItsVolume() {
        team.register("kept", Map.of(DATA, team.volumeWords()));
        team.revision("kept", 2);
        team.await(team.run("kept", team.world().home()), "RUNNING");
        team.register("wrong", Map.of(DATA, team.volumeWords() + " mode=9"));
        var log = site.aws().logs().resolve("ecs-efs-autopilot-volumes.log");
        Await.untilTrue("the refusal", Duration.ofSeconds(60), () -> read(log).contains("wrong:1"));
    }

    @Test
    void status_shows_who_uses_which_storage_and_what_was_done() throws IOException {
        var ran = ran("status", "--json", "--cluster", cluster());

        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.err()).isEmpty();
        var status = Json.MAPPER.readTree(ran.out());
        assertThat(status.path("storage")).hasSize(1);
        var storage = status.path("storage").get(0);
        assertThat(storage.path("fileSystem").asText()).isEqualTo(team.world().fileSystem());
        var use = storage.path("uses").get(0);
        assertThat(use.path("taskDefinition").asText()).isEqualTo("kept:2");
        assertThat(use.path("path").asText()).isEqualTo("/kept/data");
        assertThat(use.path("tasks").asInt()).isEqualTo(1);
        assertThat(did(status, "kept:1")).contains("CreateAccessPoint", "\"done\"");
        assertThat(did(status, "wrong:1")).contains("mode", "\"refused\"");
    }

    @Test
    void plan_tells_what_is_refused_and_where_nothing_is_to_do() {
        var refused = ran("plan", "wrong");
        assertThat(refused.status()).as(refused.err()).isEqualTo(1);
        assertThat(refused.out()).startsWith("wrong:1 is refused: ").contains("mode");

        assertThat(ran("plan", "kept:1").out())
                .isEqualTo("kept:1: nothing to do, all is as its tags ask for\n");
    }

    @Test
    void what_is_not_there_is_told_in_a_line() {
        var noStack = ran("plan", "kept:1", "--stack", "elsewhere");
        assertThat(noStack.status()).isEqualTo(2);
        assertThat(noStack.err())
                .isEqualTo(
                        "autopilot: there is no stack elsewhere here: deploy it, or name yours with"
                                + " --stack\n");

        var noCluster = ran("status", "--cluster", "nowhere");
        assertThat(noCluster.status()).isEqualTo(2);
        assertThat(noCluster.err()).isEqualTo("autopilot: there is no cluster nowhere\n");
    }

    private String cluster() {
        return team.world().cluster();
    }

    private static String did(JsonNode status, String subject) {
        return status.path("did")
                .valueStream()
                .filter(line -> line.path("subject").asText().equals(subject))
                .findFirst()
                .map(JsonNode::toString)
                .orElse("");
    }

    private Ran ran(String... arguments) {
        var command = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-jar", jar()));
        command.addAll(List.of(arguments));
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "AWS_ENDPOINT_URL",
                                site.aws().endpoint().toString(),
                                "AWS_REGION",
                                LocalAws.REGION,
                                "AWS_ACCESS_KEY_ID",
                                "local",
                                "AWS_SECRET_ACCESS_KEY",
                                "local"));
        try {
            var status = builder.start().waitFor();
            return new Ran(status, read(out), read(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String jar() {
        return Site.ROOT.resolve("local/target/local-1.0.0.jar").toString();
    }
}
