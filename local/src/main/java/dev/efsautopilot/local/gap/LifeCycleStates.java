package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.tasks.LifeCycles;
import java.util.Map;

/**
 * "The CreateMountTarget call returns only after creating the network interface, but while the
 * mount target state is still creating, you can check the mount target creation status by calling
 * the DescribeMountTargets operation" (Amazon EFS API Reference, CreateMountTarget). MiniStack has
 * every resource available at once; here it is not where {@link LifeCycles} says so.
 */
public final class LifeCycleStates implements Gap {
    private static final String STATE = "LifeCycleState";
    private static final String MOUNT_TARGET = "MountTargetId";

    /** The list in each answer, and what identifies its members. */
    private static final Map<String, String> LISTS =
            Map.of(
                    "FileSystems", "FileSystemId",
                    "MountTargets", MOUNT_TARGET,
                    "AccessPoints", "AccessPointId");

    private final LifeCycles lifeCycles;

    public LifeCycleStates(LifeCycles lifeCycles) {
        this.lifeCycles = lifeCycles;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        var response = next.pass(call);
        if (!call.service().equals("elasticfilesystem") || !response.ok()) {
            return response;
        }
        return switch (call.operation()) {
            case "CreateMountTarget" -> made(response);
            case "DescribeFileSystems", "DescribeMountTargets", "DescribeAccessPoints" ->
                    shown(response);
            default -> response;
        };
    }

    private Response made(Response response) {
        var target = Json.copy(response.document());
        var id = target.path(MOUNT_TARGET).asText();
        lifeCycles.made(target.path("FileSystemId").asText(), id);
        show(target, id);
        return Response.json(response.status(), target);
    }

    private Response shown(Response response) {
        var document = Json.copy(response.document());
        LISTS.forEach((list, id) -> {
            for (JsonNode one : document.path(list)) {
                show((ObjectNode) one, one.path(id).asText());
            }
        });
        return Response.json(response.status(), document);
    }

    private void show(ObjectNode resource, String id) {
        lifeCycles.of(id).ifPresent(state -> resource.put(STATE, state));
    }
}
