package dev.efsautopilot.nfsingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.event.Triggers;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the event itself tells costs no call: AWS is not there in this test. */
final class NfsIngressFunctionTest {

    private static final Path EVENTS = Path.of("..", "..", "events");
    private static final Map<String, String> SDK =
            Map.of(
                    "aws.region", "eu-west-1",
                    "aws.accessKeyId", "test",
                    "aws.secretAccessKey", "test");

    @BeforeAll
    static void giveTheSdkARegion() {
        SDK.forEach(System::setProperty);
    }

    @AfterAll
    static void takeItBack() {
        SDK.keySet().forEach(System::clearProperty);
    }

    private static Outcome on(String file, Consumer<ObjectNode> change) throws IOException {
        var event = (ObjectNode) Json.MAPPER.readTree(Files.readString(EVENTS.resolve(file)));
        change.accept(event);
        var function =
                new NfsIngressFunction(
                        Settings.of(Map.of("LEDGER_TABLE", "ledger")),
                        Clients.at(Optional.of(URI.create("http://127.0.0.1:1"))),
                        Clock.systemUTC());
        return function.on(Triggers.parse(event));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task-stopped-exit-0.json",
                "task-stopped-mount-timeout.json",
                "task-stopped-spot.json",
                "task-spot-warning.json",
                "register-task-definition.json",
                "tag-resource.json",
                "access-point-requested.json"
            })
    void events_that_are_not_for_it_are_ignored(String file) throws IOException {
        assertThat(on(file, event -> {})).isInstanceOf(Outcome.Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run-task-api-call.json",
                "create-service.json",
                "update-service.json",
                "revoke-security-group-ingress.json",
                "modify-mount-target-security-groups.json"
            })
    void failed_calls_are_ignored(String file) throws IOException {
        var outcome =
                on(
                        file,
                        event ->
                                ((ObjectNode) event.path("detail"))
                                        .put("errorCode", "AccessDenied"));
        assertThat(outcome).isInstanceOf(Outcome.Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "revoke-security-group-ingress.json",
                "modify-mount-target-security-groups.json"
            })
    void its_own_stacks_calls_are_ignored(String file) throws IOException {
        var ours = "arn:aws:iam::123456789012:role/ecs-efs-autopilot-SweepFunctionRole-1A2B3C";
        var outcome =
                on(
                        file,
                        event ->
                                ((ObjectNode) event.path("detail").path("userIdentity"))
                                        .putObject("sessionContext")
                                        .putObject("sessionIssuer")
                                        .put("arn", ours));
        assertThat(outcome).isInstanceOf(Outcome.Ignored.class);
    }

    @Test
    void a_request_without_a_task_is_refused() throws IOException {
        var outcome =
                on("http-nfs-ingress.json", event -> event.put("body", "{\"cluster\": \"c\"}"));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task-pending.json",
                "task-running.json",
                "run-task-api-call.json",
                "create-service.json",
                "update-service.json",
                "container-instance-state-change.json",
                "revoke-security-group-ingress.json",
                "modify-mount-target-security-groups.json",
                "http-nfs-ingress.json"
            })
    void events_that_are_for_it_make_it_read_what_is(String file) {
        assertThatThrownBy(() -> on(file, event -> {})).hasMessageContaining("Connection refused");
    }
}
