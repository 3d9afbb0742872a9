package dev.efsautopilot.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A task, from the detail of an {@code ECS Task State Change} event or from {@code DescribeTasks}:
 * both have the same fields. Texts that AWS did not send are "".
 *
 * @param arn {@code taskArn}
 * @param clusterArn its cluster
 * @param taskDefinitionArn its revision
 * @param lastStatus where it is in its life, e.g. {@code RUNNING}
 * @param desiredStatus where it is told to go
 * @param launchType {@code FARGATE}, {@code EC2} or {@code EXTERNAL}
 * @param group {@code family:…} or {@code service:…}, or what its starter wrote
 * @param startedBy what its starter wrote; {@code ecs-svc/…} for services
 * @param stopCode the API's {@code TaskStopCode}
 * @param stoppedReason AWS's words for why it stopped
 * @param availabilityZone where it was placed
 * @param version grows with each change of the task
 * @param containers its containers
 * @param json the whole of it, with the fields that this record does not name
 */
public record Task(
        String arn,
        String clusterArn,
        String taskDefinitionArn,
        String lastStatus,
        String desiredStatus,
        String launchType,
        String group,
        String startedBy,
        String stopCode,
        String stoppedReason,
        String availabilityZone,
        long version,
        List<Container> containers,
        JsonNode json) {

    /**
     * One container of a task.
     *
     * @param name its name in the task definition
     * @param exitCode what it exited with; empty while it runs or where it never started
     * @param reason AWS's words about it, e.g. {@code OutOfMemoryError: …}; "" for none
     */
    public record Container(String name, OptionalInt exitCode, String reason) {}

    /** The task in this JSON; empty where it names no task. */
    public static Optional<Task> parse(JsonNode json) {
        var arn = Json.text(json, "taskArn");
        if (arn.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(
                new Task(
                        arn,
                        Json.text(json, "clusterArn"),
                        Json.text(json, "taskDefinitionArn"),
                        Json.text(json, "lastStatus"),
                        Json.text(json, "desiredStatus"),
                        Json.text(json, "launchType"),
                        Json.text(json, "group"),
                        Json.text(json, "startedBy"),
                        Json.text(json, "stopCode"),
                        Json.text(json, "stoppedReason"),
                        Json.text(json, "availabilityZone"),
                        json.path("version").asLong(),
                        Json.list(json, "containers").stream().map(Task::container).toList(),
                        json));
    }

    private static Container container(JsonNode json) {
        var code = json.path("exitCode");
        return new Container(
                Json.text(json, "name"),
                code.isInt() ? OptionalInt.of(code.intValue()) : OptionalInt.empty(),
                Json.text(json, "reason"));
    }

    /** Whether a service's scheduler started it, and will replace it. */
    public boolean ofService() {
        return group.startsWith("service:") || startedBy.startsWith("ecs-svc/");
    }

    /** The last part of its ARN. */
    public String id() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /**
     * The id of its network interface ({@code awsvpc} only); empty before it is made. It is deleted
     * before the task is STOPPED.
     */
    public Optional<String> networkInterfaceId() {
        return attachmentDetail("networkInterfaceId");
    }

    /**
     * Whether it has something to mount through: its own network interface, or in bridge and host
     * mode that of the container instance it is on. An {@code awsvpc} task has an attachment from
     * the beginning, and its interface's id in it later.
     */
    public boolean hasNetwork() {
        return networkInterfaceId().isPresent()
                || (!awsvpc() && Json.optionalText(json, "containerInstanceArn").isPresent());
    }

    /** Whether it has, or will have, a network interface of its own. */
    public boolean awsvpc() {
        return Json.list(json, "attachments").stream()
                .anyMatch(one -> Json.text(one, "type").matches("ElasticNetworkInterface|eni"));
    }

    /** The subnet of its network interface ({@code awsvpc} only). */
    public Optional<String> subnetId() {
        return attachmentDetail("subnetId");
    }

    private Optional<String> attachmentDetail(String name) {
        return Json.list(json, "attachments").stream()
                .flatMap(attachment -> Json.list(attachment, "details").stream())
                .filter(detail -> Json.text(detail, "name").equals(name))
                .flatMap(detail -> Json.optionalText(detail, "value").stream())
                .findFirst();
    }
}
