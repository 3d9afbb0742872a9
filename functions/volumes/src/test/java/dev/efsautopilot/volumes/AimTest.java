package dev.efsautopilot.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.event.Triggers;
import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AimTest {

    private static final String ORDERS =
            "arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:7";

    @Test
    void a_registered_revision_is_looked_at_itself() throws IOException {
        assertThat(aim(event("register-task-definition")))
                .isEqualTo(new Aim.Definition(ORDERS, false));
    }

    @Test
    void a_tagged_revision_may_have_services_already() throws IOException {
        assertThat(aim(event("tag-resource"))).isEqualTo(new Aim.Definition(ORDERS, true));
    }

    @ParameterizedTest
    @CsvSource({"create-service", "update-service"})
    void a_deployment_is_about_its_service(String file) throws IOException {
        assertThat(aim(event(file)))
                .isEqualTo(
                        new Aim.Deployed(
                                "arn:aws:ecs:eu-west-1:123456789012:cluster/prod",
                                "arn:aws:ecs:eu-west-1:123456789012:service/prod/orders"));
    }

    @Test
    void an_update_that_only_scales_is_nothing() throws IOException {
        var event = event("update-service");
        ((ObjectNode) event.at("/detail/requestParameters")).remove("taskDefinition");

        assertThat(aim(event)).isInstanceOf(Aim.Nothing.class);
    }

    @Test
    void a_tagged_service_is_about_the_service() throws IOException {
        var event = event("tag-resource");
        var service = "arn:aws:ecs:eu-west-1:123456789012:service/prod/orders";
        ((ObjectNode) event.at("/detail/requestParameters")).put("resourceArn", service);

        assertThat(aim(event)).isEqualTo(new Aim.Deployed("prod", service));
    }

    @ParameterizedTest
    @CsvSource({"team", "efs-autopilot/status", "efs-autopilot/derived"})
    void tags_that_ask_for_nothing_are_nothing(String key) throws IOException {
        var event = event("tag-resource");
        ((ObjectNode) event.at("/detail/requestParameters/tags/0")).put("key", key);

        assertThat(aim(event)).isInstanceOf(Aim.Nothing.class);
    }

    @ParameterizedTest
    @CsvSource({"register-task-definition", "tag-resource", "create-service", "update-service"})
    void a_call_that_failed_is_nothing(String file) throws IOException {
        var event = event(file);
        ((ObjectNode) event.path("detail")).put("errorCode", "ClientException");

        assertThat(aim(event)).isInstanceOf(Aim.Nothing.class);
    }

    @Test
    void our_own_call_is_nothing() throws IOException {
        var event = event("register-task-definition");
        ((ObjectNode) event.at("/detail/userIdentity/sessionContext/sessionIssuer"))
                .put("arn", "arn:aws:iam::123456789012:role/stack-VolumesFunctionRole-1A2B3C");

        assertThat(aim(event)).isEqualTo(new Aim.Nothing("the call was our own"));
    }

    private static Aim aim(ObjectNode event) {
        return switch (Triggers.parse(event)) {
            case Trigger.ApiCalled(var call) -> Aim.of(call, "stack-VolumesFunctionRole");
            case Trigger other -> throw new AssertionError("no API call: " + other);
        };
    }

    private static ObjectNode event(String name) throws IOException {
        var file = Path.of("../../events", name + ".json");
        return (ObjectNode) Json.MAPPER.readTree(Files.readString(file));
    }
}
