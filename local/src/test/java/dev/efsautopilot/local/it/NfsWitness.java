package dev.efsautopilot.local.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.gateway.RecordedCall;
import dev.efsautopilot.local.user.Await;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/**
 * What the function nfs-ingress does.
 *
 * @param site where it is deployed
 */
record NfsWitness(Site site) {

    private static final String FUNCTION = "nfs-ingress";
    private static final Duration SOON = Duration.ofSeconds(20);

    /** The function remembers who needs a mount target when it has seen its task running. */
    void awaitLookedAt(Ground ground) {
        awaitNeed(ground.mountTarget());
    }

    /** The same for a security group or mount target. */
    void awaitNeed(String id) {
        Await.untilTrue(
                "the running task to be looked at",
                SOON,
                () ->
                        calls("PutItem").stream()
                                .anyMatch(call ->
                                        call.parameters().toString().contains("need#" + id)));
    }

    /** Until it makes no more calls. */
    void awaitSilence() {
        Await.untilTrue(
                "the function to be done",
                SOON,
                () -> {
                    var size = calls().size();
                    return Await.stays(Duration.ofMillis(700), () -> calls().size() == size);
                });
    }

    private void tell(String detailType, JsonNode detail) {
        site.user()
                .events()
                .putEvents(r ->
                        r.entries(
                                PutEventsRequestEntry.builder()
                                        .source("local.aws")
                                        .detailType(detailType)
                                        .detail(detail.toString())
                                        .build()));
    }

    /** As when its network interface is there, whose id its attachment says. */
    void tellTask(Task task) {
        var detail =
                Json.MAPPER
                        .createObjectNode()
                        .put("taskArn", task.taskArn())
                        .put("clusterArn", task.clusterArn())
                        .put("taskDefinitionArn", task.taskDefinitionArn())
                        .put("lastStatus", "PENDING")
                        .put("desiredStatus", "RUNNING");
        var details =
                detail.putArray("attachments").addObject().put("type", "eni").putArray("details");
        task.attachments().getFirst().details().stream()
                .filter(one -> one.name().equals("networkInterfaceId"))
                .forEach(one ->
                        details.addObject().put("name", one.name()).put("value", one.value()));
        tell("ECS Task State Change", detail);
    }

    /** The event of a RunTask call that started one task. */
    void tellRunTask(JsonNode request, String taskArn, String clusterArn, String taskDefinition) {
        var detail =
                Json.MAPPER
                        .createObjectNode()
                        .put("eventSource", "ecs.amazonaws.com")
                        .put("eventName", "RunTask")
                        .put("eventTime", "2026-01-01T00:00:00Z");
        detail.set("requestParameters", request);
        detail.putObject("responseElements")
                .putArray("tasks")
                .addObject()
                .put("taskArn", taskArn)
                .put("clusterArn", clusterArn)
                .put("taskDefinitionArn", taskDefinition);
        tell("AWS API Call via CloudTrail", detail);
    }

    /** Its calls. */
    List<RecordedCall> calls() {
        return site.aws().gateway().calls().by(FUNCTION);
    }

    /** Its calls of one operation. */
    List<RecordedCall> calls(String operation) {
        return calls().stream().filter(call -> call.operation().equals(operation)).toList();
    }

    /** The function tells on the bus what it refuses, and why. */
    void awaitRefusal(String about, String why) {
        Await.untilTrue(
                "a refusal about " + about,
                SOON,
                () ->
                        calls("PutEvents").stream()
                                .map(call -> call.parameters().toString())
                                .anyMatch(told ->
                                        told.contains("NFS Refused")
                                                && told.contains(about)
                                                && told.contains(why)));
    }
}
