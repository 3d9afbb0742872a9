package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.tasks.NetworkInterfaces;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Amazon S3 Files, as far as its mount targets: "CreateMountTarget: Creates a mount target resource
 * as an endpoint for mounting the S3 File System from compute resources in a specific Availability
 * Zone and VPC." and "ListMountTargets: Returns resource information for all mount targets with
 * optional filtering by file system, access point, and VPC." (Amazon S3 API Reference). MiniStack
 * does not know the service.
 */
public final class S3FilesMountTargets implements Gap {
    private static final String FILE_SYSTEM = "fileSystemId";

    private final NetworkInterfaces interfaces;
    private final List<ObjectNode> targets = new CopyOnWriteArrayList<>();

    public S3FilesMountTargets(NetworkInterfaces interfaces) {
        this.interfaces = interfaces;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        if (call.is("s3files", "CreateMountTarget")) {
            return create(call);
        }
        return call.is("s3files", "ListMountTargets") ? list(call) : next.pass(call);
    }

    private Response create(AwsCall call) {
        var id = "fsmt-" + UUID.randomUUID().toString().replace("-", "").substring(0, 17);
        var groups = Json.strings(call.parameters().path("securityGroups")).toList();
        var made =
                interfaces.create(
                        call.parameter("subnetId"), groups, "S3 Files mount target " + id);
        if (made.isEmpty()) {
            return Response.restError(
                    400, "ValidationException", "There is no such subnet.", Json.object());
        }
        var target =
                Json.object()
                        .put("mountTargetId", id)
                        .put(FILE_SYSTEM, call.parameter(FILE_SYSTEM))
                        .put("subnetId", made.get().subnetId())
                        .put("vpcId", made.get().vpcId())
                        .put("networkInterfaceId", made.get().id())
                        .put("ipv4Address", made.get().address())
                        .put("status", "AVAILABLE");
        targets.add(target);
        return Response.json(200, target);
    }

    private Response list(AwsCall call) {
        var answer = Json.object();
        var found = answer.putArray("mountTargets");
        targets.stream()
                .filter(target ->
                        target.path(FILE_SYSTEM).asText().equals(call.parameter(FILE_SYSTEM)))
                .forEach(found::add);
        return Response.json(200, answer);
    }
}
