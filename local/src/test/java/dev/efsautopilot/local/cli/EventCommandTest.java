package dev.efsautopilot.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.event.Triggers;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.event.EventFiles;
import dev.efsautopilot.stop.Stop;
import dev.efsautopilot.stop.StopCause;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventCommandTest {

    private static final Path FOLDER = Path.of("..", "events");

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void theEventsAreTheProjects() {
        System.setProperty("autopilot.root", Path.of("..").toAbsolutePath().normalize().toString());
    }

    static java.util.List<EventFiles.Kind> kinds() {
        return new EventFiles(FOLDER).kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void every_kind_is_printed_as_the_trigger_that_it_is_with_the_names_given(EventFiles.Kind kind)
            throws Exception {
        var printed =
                event(
                        kind.name(),
                        "--account=999999999999",
                        "--cluster=live",
                        "--task=0123456789abcdef0123456789abcdef",
                        "--task-definition=shop:3",
                        "--region=us-east-1",
                        "--file-system=fs-00000001");

        var file = new EventFiles(FOLDER).event(kind.name()).orElseThrow();
        assertThat(Triggers.parse(printed)).hasSameClassAs(Triggers.parse(file));
        assertThat(printed.toString())
                .doesNotContain(
                        "123456789012", "eu-west-1", "0c1d2e3f4051", "prod", "orders:7", "orders:8")
                .doesNotContain("fs-0123456789abcdef0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host EC2 (instance i-0b1) terminated.                 | HOST_TERMINATED  | TerminationNotice",
                "Your Spot Task was interrupted.                       | SPOT_INTERRUPTION | SpotInterruption",
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): not found | IMAGE_MISSING | TaskFailedToStart",
                "Essential container in task exited                    | EXIT_CODE        | EssentialContainerExited",
                "Task stopped by user                                  | USER             | UserInitiated",
            })
    void a_stop_reason_brings_the_code_that_goes_with_it(
            String reason, StopCause cause, String code) throws Exception {
        var printed = event("task-stopped", "--reason", reason);

        assertThat(printed.at("/detail/stoppedReason").asText()).isEqualTo(reason);
        assertThat(printed.at("/detail/stopCode").asText()).isEqualTo(code);
        assertThat(Triggers.parse(printed))
                .isInstanceOfSatisfying(
                        Trigger.TaskChanged.class,
                        changed ->
                                assertThat(
                                                Stop.of(changed.task(), Json.MAPPER.missingNode())
                                                        .cause())
                                        .isEqualTo(cause));
    }

    @Test
    void it_happens_now_and_its_times_keep_their_distance() throws Exception {
        var file = new EventFiles(FOLDER).event("task-stopped-spot").orElseThrow();
        var printed = event("task-stopped-spot");

        assertThat(time(printed, "/time")).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(
                        Duration.between(time(printed, "/detail/createdAt"), time(printed, "/time"))
                                .toSeconds())
                .isCloseTo(
                        Duration.between(time(file, "/detail/createdAt"), time(file, "/time"))
                                .toSeconds(),
                        org.assertj.core.data.Offset.offset(1L));
        assertThat(printed.path("id")).isNotEqualTo(file.path("id"));
    }

    @Test
    void an_exit_code_is_that_of_its_containers() throws Exception {
        assertThat(
                        event("task-stopped", "--exit-code=137")
                                .at("/detail/containers/0/exitCode")
                                .asInt())
                .isEqualTo(137);
    }

    @Test
    void as_an_entry_it_can_be_put_on_the_bus() throws Exception {
        var entry = event("task-running", "--entries").path(0);

        assertThat(entry.path("Source").asText()).isEqualTo("local.aws");
        assertThat(entry.path("DetailType").asText()).isEqualTo("ECS Task State Change");
        assertThat(Json.MAPPER.readTree(entry.path("Detail").asText()).path("lastStatus").asText())
                .isEqualTo("RUNNING");
        assertThat(event("access-point-requested", "--entries").at("/0/Source").asText())
                .isEqualTo("efs-autopilot.request");
    }

    @Test
    void without_a_kind_it_lists_them_all() {
        execute("event");

        assertThat(out.toString().lines())
                .hasSize(kinds().size() + 1)
                .allSatisfy(line -> assertThat(line).matches("[\\w-]+ +\\S.*"));
    }

    private static Instant time(JsonNode event, String pointer) {
        return Instant.parse(event.at(pointer).asText());
    }

    private JsonNode event(String... arguments) throws Exception {
        out.getBuffer().setLength(0);
        var all = new String[arguments.length + 1];
        all[0] = "event";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        execute(all);
        return Json.MAPPER.readTree(out.toString());
    }

    private void execute(String... arguments) {
        assertThat(Autopilot.commandLine().setOut(new PrintWriter(out, true)).execute(arguments))
                .isZero();
    }
}
