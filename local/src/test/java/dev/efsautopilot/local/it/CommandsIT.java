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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AWS_REGION=                               | no region is set: set AWS_REGION",
                "AWS_REGION=mars-1                         | 'mars-1' is no region: set AWS_REGION",
                "AWS_SECRET_ACCESS_KEY=                    | no credentials are set: set AWS_ACC",
                "AWS_ENDPOINT_URL=127.0.0.1                | AWS_ENDPOINT_URL is '127.0.0.1': write",
                "AWS_ENDPOINT_URL=http://127.0.0.1:1       | nothing answers at http://127.0.0.1:1",
                "AWS_ENDPOINT_URL=http://nowhere.invalid   | there is no host nowhere.invalid: is",
            })
    void what_is_missing_to_ask_aws_is_told_in_a_line(String variable, String words) {
        var parts = variable.split("=", 2);
        for (var command : List.of("status", "plan kept:1", "doctor task")) {
            var ran = ran(Map.of(parts[0], parts[1]), command.split(" "));

            assertThat(ran.status()).as(command).isEqualTo(2);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err())
                    .startsWith("autopilot: AWS could not be asked: " + words)
                    .hasLineCount(1);
        }
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
        return ran(Map.of(), arguments);
    }

    /** With other variables in the environment than those of a user; a blank one is not set. */
    private Ran ran(Map<String, String> others, String... arguments) {
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
        builder.environment().keySet().removeAll(List.of("AWS_PROFILE", "AWS_DEFAULT_REGION"));
        builder.environment()
                .putAll(
                        Map.of(
                                "AWS_EC2_METADATA_DISABLED",
                                "true",
                                "AWS_CONFIG_FILE",
                                folder.resolve("config").toString(),
                                "AWS_SHARED_CREDENTIALS_FILE",
                                folder.resolve("credentials").toString()));
        builder.environment().putAll(others);
        builder.environment().values().removeIf(String::isEmpty);
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
