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
import java.util.Optional;
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
    }

    @Test
    void status_shows_who_uses_which_storage_and_what_was_done() {
        var status =
                Await.until(
                        "a status with both revisions",
                        Duration.ofSeconds(60),
                        () ->
                                Optional.of(json("status", "--json", "--cluster", cluster()))
                                        .filter(found -> did(found, "kept:1").isPresent())
                                        .filter(found -> did(found, "wrong:1").isPresent()));

        assertThat(status.path("storage")).hasSize(1);
        var storage = status.path("storage").get(0);
        assertThat(storage.path("fileSystem").asText()).isEqualTo(team.world().fileSystem());
        var use = storage.path("uses").get(0);
        assertThat(use.path("taskDefinition").asText()).isEqualTo("kept:2");
        assertThat(use.path("path").asText()).isEqualTo("/kept/data");
        assertThat(use.path("tasks").asInt()).isEqualTo(1);
        assertThat(did(status, "kept:1").orElseThrow().toString())
                .contains("CreateAccessPoint", "\"done\"");
        assertThat(did(status, "wrong:1").orElseThrow().toString()).contains("mode", "\"refused\"");
    }

    @Test
    void status_says_the_same_in_words() {
        var ran = ran("status", "--cluster", cluster(), "--hours", "2");

        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains(team.world().fileSystem(), "/kept/data", "kept:2 volume data: 1 task in")
                .contains("The last 2 hours of ecs-efs-autopilot");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void plan_tells_what_is_refused_and_where_nothing_is_to_do() {
        var refused = ran("plan", "wrong:1");
        assertThat(refused.status()).as(refused.err()).isEqualTo(1);
        assertThat(refused.out()).startsWith("wrong:1 is refused: ").contains("mode");

        assertThat(ran("plan", "kept:1").out())
                .isEqualTo("kept:1: nothing to do, all is as its tags ask for\n");
        assertThat(ran("plan", "kept").out()).contains("kept:2: nothing to do, it was made from");
        assertThat(json("plan", "--json", "kept:1").path("outcome").asText()).isEqualTo("planned");
    }

    @Test
    void what_is_not_there_is_told_in_a_line() {
        var noStack = ran("plan", "kept:1", "--stack", "elsewhere");
        assertThat(noStack.status()).isEqualTo(2);
        assertThat(noStack.err())
                .isEqualTo(
                        "autopilot: there is no stack elsewhere here: deploy it, or name yours with --stack\n");

        assertThat(ran("plan", "nobody").err())
                .isEqualTo("autopilot: there is no task definition nobody\n");
        assertThat(ran("status", "--stack", "elsewhere", "--cluster", cluster()).out())
                .contains("there is no such stack here");
        assertThat(ran("status", "--cluster", "nowhere").status()).isEqualTo(2);
    }

    private String cluster() {
        return team.world().cluster();
    }

    private static Optional<JsonNode> did(JsonNode status, String subject) {
        return status.path("did")
                .valueStream()
                .filter(line -> line.path("subject").asText().equals(subject))
                .findFirst();
    }

    private JsonNode json(String... arguments) {
        try {
            return Json.MAPPER.readTree(ran(arguments).out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            return new Ran(status, Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String jar() {
        return Site.ROOT.resolve("local/target/local-1.0.0.jar").toString();
    }
}
