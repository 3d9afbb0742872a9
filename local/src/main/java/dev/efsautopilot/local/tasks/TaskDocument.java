package dev.efsautopilot.local.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The document of a task as DescribeTasks returns it, and its changes. */
final class TaskDocument {
    private static final List<String> KEPT =
            List.of(
                    "taskArn",
                    "clusterArn",
                    "taskDefinitionArn",
                    "launchType",
                    "capacityProviderName",
                    "cpu",
                    "memory",
                    "platformVersion",
                    "platformFamily",
                    "group",
                    "startedBy",
                    "enableExecuteCommand");

    /**
     * Tasks on Fargate "receive a minimum of 20 GiB of ephemeral storage" (Amazon ECS Developer
     * Guide, Fargate task ephemeral storage).
     */
    private static final JsonNode DEFAULT_STORAGE = Json.parse("{\"sizeInGiB\":20}");

    private TaskDocument() {}

    /** The document of a new task, out of what MiniStack made of RunTask. */
    static ObjectNode provisioning(JsonNode made, String zone, Instant now) {
        var task = Json.object();
        for (var name : KEPT) {
            var value = made.path(name);
            if (value.isValueNode() ? !value.asText("").isEmpty() : value.isContainerNode()) {
                task.set(name, value);
            }
        }
        if (task.path("launchType").asText().equals("FARGATE")) {
            var storage = made.path("ephemeralStorage");
            task.set("ephemeralStorage", storage.isObject() ? storage : DEFAULT_STORAGE);
        }
        task.set("overrides", overrides(made));
        var containers = task.putArray("containers");
        made.path("containers").valueStream().map(TaskDocument::container).forEach(containers::add);
        task.put("availabilityZone", zone)
                .put("desiredStatus", "RUNNING")
                .put("lastStatus", "PROVISIONING")
                .put("healthStatus", "UNKNOWN")
                .put("version", 1)
                .put("createdAt", time(now));
        task.putArray("attachments");
        return task;
    }

    /** The attachment before its network interface is there. */
    static void precreateAttachment(ObjectNode task, String attachmentId, Subnet subnet) {
        var attachment =
                attachments(task)
                        .addObject()
                        .put("id", attachmentId)
                        .put("type", "ElasticNetworkInterface")
                        .put("status", "PRECREATED");
        detail(attachment.putArray("details"), "subnetId", subnet.id());
    }

    /** The attachment once the network interface is there. */
    static void attach(ObjectNode task, NetworkInterface attached, String region) {
        var attachment = (ObjectNode) attachments(task).get(0);
        attachment.put("status", "ATTACHED");
        var details = attachment.putArray("details");
        detail(details, "subnetId", attached.subnetId());
        detail(details, "networkInterfaceId", attached.id());
        detail(details, "macAddress", attached.mac());
        detail(details, "privateDnsName", attached.privateDnsName(region));
        detail(details, "privateIPv4Address", attached.address());
        for (var container : task.path("containers")) {
            ((ObjectNode) container)
                    .putArray("networkInterfaces")
                    .addObject()
                    .put("attachmentId", attachment.path("id").asText())
                    .put("privateIpv4Address", attached.address());
        }
    }

    static void setAttachmentStatus(ObjectNode task, String status) {
        for (var attachment : attachments(task)) {
            ((ObjectNode) attachment).put("status", status);
        }
    }

    static void setContainers(ObjectNode task, String status) {
        for (var container : task.path("containers")) {
            ((ObjectNode) container).put("lastStatus", status);
        }
    }

    static void setExitCodes(ObjectNode task, Stop stop) {
        for (var container : task.path("containers")) {
            var name = container.path("name").asText();
            var code = stop.exitCodes().getOrDefault(name, stop.exitCodes().get("*"));
            if (code != null) {
                ((ObjectNode) container).put("exitCode", code);
            }
        }
    }

    static BigDecimal time(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }

    /** The overrides asked for; AWS names every container, even those without any. */
    private static ObjectNode overrides(JsonNode made) {
        var overrides = Json.copy(made.path("overrides"));
        var asked = overrides.withArrayProperty("containerOverrides");
        overrides.withArrayProperty("inferenceAcceleratorOverrides");
        for (var container : made.path("containers")) {
            var name = container.path("name").asText();
            if (asked.valueStream().noneMatch(it -> it.path("name").asText().equals(name))) {
                asked.addObject().put("name", name);
            }
        }
        return overrides;
    }

    private static ObjectNode container(JsonNode made) {
        var container = Json.copy(made);
        container.remove(List.of("runtimeId", "exitCode"));
        container.put("lastStatus", "PENDING");
        return container;
    }

    private static ArrayNode attachments(ObjectNode task) {
        return task.withArrayProperty("attachments");
    }

    private static void detail(ArrayNode details, String name, String value) {
        details.addObject().put("name", name).put("value", value);
    }
}
