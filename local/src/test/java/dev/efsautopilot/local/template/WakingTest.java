package dev.efsautopilot.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.event.ruler.Machine;

/**
 * Which events wake which functions, by EventBridge's own matcher: what needs nothing must be kept
 * out by the rules, as the cheapest event is the one that wakes nobody.
 */
class WakingTest {

    private static final String ACCOUNT = "123456789012";
    private static final String STACK = "ecs-efs-autopilot";

    private final Machine rules = Machine.builder().build();

    WakingTest() throws IOException {
        for (var rule : Template.read().events("EventBridgeRule").toList()) {
            var pattern = deployed(rule.getValue().at("/Properties/Pattern"));
            rules.addRule(
                    rule.getKey() + " " + pattern.path("detail-type").path(0).asText(),
                    pattern.toString());
        }
    }

    /** The functions that an event wakes. */
    private Set<String> woken(JsonNode event) throws Exception {
        var names = new TreeSet<String>();
        rules.rulesForJSONEvent(event.toString())
                .forEach(name -> names.add(name.substring(0, name.indexOf("Function"))));
        return names;
    }

    /** A pattern as CloudFormation resolves it with the parameters' defaults. */
    private static JsonNode deployed(JsonNode pattern) {
        if (pattern.has("!Ref")) {
            return Json.MAPPER.getNodeFactory().textNode(ACCOUNT);
        }
        if (pattern.has("!Sub")) {
            return Json.MAPPER
                    .getNodeFactory()
                    .textNode(pattern.path("!Sub").asText().replace("${AWS::StackName}", STACK));
        }
        if (pattern.has("!If")) {
            return deployed(pattern.path("!If").path(2));
        }
        if (pattern instanceof ArrayNode list) {
            var made = Json.MAPPER.createArrayNode();
            list.valueStream()
                    .filter(value -> !value.at("/!If/2/!Ref").asText().equals("AWS::NoValue"))
                    .forEach(value -> made.add(deployed(value)));
            return made;
        }
        if (pattern instanceof ObjectNode fields) {
            var made = Json.MAPPER.createObjectNode();
            fields.properties()
                    .forEach(field -> made.set(field.getKey(), deployed(field.getValue())));
            return made;
        }
        return pattern;
    }

    private static ObjectNode event(String file) throws IOException {
        var event = (ObjectNode) Json.MAPPER.readTree(Template.text("events/" + file + ".json"));
        return event.put("account", ACCOUNT);
    }

    /** The event with a field of another value: JSON, or nothing where the field goes. */
    private static ObjectNode event(String file, String pointer, String value) throws IOException {
        var event = event(file);
        var at = (ObjectNode) event.at(pointer.substring(0, pointer.lastIndexOf('/')));
        var name = pointer.substring(pointer.lastIndexOf('/') + 1);
        if (value.isEmpty()) {
            at.remove(name);
        } else {
            at.set(name, Json.MAPPER.readTree(value.replace('~', '"')));
        }
        return event;
    }

    @ParameterizedTest
    @CsvSource({
        "access-point-requested, AccessPoints",
        "register-task-definition, Volumes",
        "tag-resource, Volumes",
        "create-service, NfsIngress Volumes",
        "update-service, NfsIngress Volumes",
        "run-task-api-call, NfsIngress",
        "task-pending, NfsIngress",
        "container-instance-state-change, NfsIngress",
        "revoke-security-group-ingress, NfsIngress",
        "revoke-security-group-egress, NfsIngress",
        "modify-mount-target-security-groups, NfsIngress",
        "task-stopped-spot, TaskRerun",
        "task-stopped-exit-1, TaskRerun"
    })
    void what_may_need_something_wakes_who_does_it(String file, String functions) throws Exception {
        assertThat(woken(event(file))).containsExactly(functions.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"task-provisioning", "task-activating", "task-running", "task-spot-warning"})
    void a_task_that_has_no_network_yet_or_has_mounted_or_still_runs_wakes_nobody(String file)
            throws Exception {
        assertThat(woken(event(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "register-task-definition, volumes",
        "tag-resource, volumes",
        "update-service, volumes",
        "revoke-security-group-ingress, sweep"
    })
    void a_call_of_our_own_wakes_nobody_who_would_answer_it(String file, String function)
            throws Exception {
        var ours = "~arn:aws:sts::%s:assumed-role/role/%s-%s~".formatted(ACCOUNT, STACK, function);

        assertThat(woken(event(file, "/detail/userIdentity/arn", ours)))
                .isSubsetOf(Set.of("NfsIngress"))
                .doesNotContain(file.startsWith("revoke") ? "NfsIngress" : "Volumes");
    }

    @ParameterizedTest
    @CsvSource({
        "register-task-definition, /detail/errorCode, ~ClientException~",
        "run-task-api-call, /detail/errorCode, ~AccessDeniedException~",
        "revoke-security-group-ingress, /detail/errorCode, ~Client.UnauthorizedOperation~",
        "update-service, /detail/requestParameters, {~service~:~web~}",
        "tag-resource, /detail/requestParameters/tags, [{~key~:~team~}]",
        "task-pending, /detail/desiredStatus, ~STOPPED~",
        "task-pending, /detail/attachments, []",
        "task-stopped-spot, /detail/lastStatus, ~DEPROVISIONING~",
        "container-instance-state-change, /detail/status, ~DRAINING~",
        "container-instance-state-change, /detail/agentConnected, false",
        "register-task-definition, /account, ~210987654321~"
    })
    void what_needs_nothing_wakes_nobody(String file, String field, String value) throws Exception {
        assertThat(woken(event(file, field, value))).isEmpty();
    }
}
