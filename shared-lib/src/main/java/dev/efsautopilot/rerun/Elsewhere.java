package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.stop.StopCause;
import dev.efsautopilot.task.Task;
import java.util.List;

/**
 * Another place among those that the launch allows, where the place was why the task stopped. ECS
 * chooses among the subnets of a request, and in no order: the one that failed is left out of this
 * attempt, and is there again in the next.
 */
final class Elsewhere {

    private Elsewhere() {}

    /**
     * Whether the task may run in another subnet than the one that failed.
     *
     * @param request how it was launched
     */
    static boolean helps(JsonNode request, Task stopped, StopCause cause) {
        return switch (cause) {
            case MOUNT_TARGET_MISSING, CAPACITY -> {
                var others = others(request, stopped);
                yield !others.isEmpty() && others.size() < subnets(request).size();
            }
            default -> false;
        };
    }

    /** Leaves the subnet that failed out of the request. */
    static void choose(ObjectNode request, Task stopped) {
        var others = others(request, stopped);
        request.withObject("networkConfiguration")
                .withObject("awsvpcConfiguration")
                .set("subnets", Json.MAPPER.valueToTree(others));
    }

    private static List<String> others(JsonNode request, Task stopped) {
        var failed = stopped.subnetId().orElse("");
        return subnets(request).stream().filter(subnet -> !subnet.equals(failed)).toList();
    }

    private static List<String> subnets(JsonNode request) {
        return Json.texts(
                request.path("networkConfiguration").path("awsvpcConfiguration"), "subnets");
    }
}
