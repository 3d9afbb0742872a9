package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.tasks.NetworkInterfaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Amazon S3 Files, as far as it is mounted: "CreateMountTarget: Creates a mount target resource as
 * an endpoint for mounting the S3 File System from compute resources in a specific Availability
 * Zone and VPC." and "GetFileSystem: Returns resource information for the specified S3 File System
 * including status, configuration, and metadata." (Amazon S3 API Reference), the same for access
 * points and policies. MiniStack does not know the service.
 */
public final class S3FilesResources implements Gap {
    private static final String FILE_SYSTEM = "fileSystemId";
    private static final String ACCESS_POINT = "accessPointId";
    private static final String POLICY = "policy";

    private final NetworkInterfaces interfaces;
    private final String account;
    private final Map<String, ObjectNode> fileSystems = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> accessPoints = new ConcurrentHashMap<>();
    private final Map<String, String> policies = new ConcurrentHashMap<>();
    private final List<ObjectNode> targets = new CopyOnWriteArrayList<>();

    public S3FilesResources(NetworkInterfaces interfaces, String account) {
        this.interfaces = interfaces;
        this.account = account;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        if (!call.service().equals("s3files")) {
            return next.pass(call);
        }
        return switch (call.operation()) {
            case "CreateFileSystem" -> Response.json(201, createFileSystem(call));
            case "GetFileSystem" -> found(fileSystem(call));
            case "PutFileSystemPolicy" -> found(fileSystem(call).map(_ -> put(call)));
            case "GetFileSystemPolicy" -> found(policy(call));
            case "CreateAccessPoint" ->
                    found(fileSystem(call).map(of -> createAccessPoint(call, of)));
            case "GetAccessPoint" ->
                    found(Optional.ofNullable(accessPoints.get(id(call, ACCESS_POINT))));
            case "CreateMountTarget" ->
                    fileSystem(call)
                            .map(of -> createMountTarget(call, of))
                            .orElseGet(() -> found(Optional.empty()));
            case "ListMountTargets" -> Response.json(200, mountTargets(call));
            default -> next.pass(call);
        };
    }

    private static Response found(Optional<? extends JsonNode> thing) {
        return thing.map(it -> Response.json(200, it))
                .orElseGet(() ->
                        Response.restError(
                                404,
                                "ResourceNotFoundException",
                                "The specified resource was not found.",
                                Json.object()));
    }

    private Optional<ObjectNode> fileSystem(AwsCall call) {
        return Optional.ofNullable(fileSystems.get(id(call, FILE_SYSTEM)));
    }

    private Optional<ObjectNode> policy(AwsCall call) {
        return Optional.ofNullable(policies.get(id(call, FILE_SYSTEM)))
                .map(policy -> Json.object().put(POLICY, policy));
    }

    private ObjectNode put(AwsCall call) {
        policies.put(id(call, FILE_SYSTEM), call.parameter(POLICY));
        return Json.object();
    }

    /** What a request names by its id or by its ARN. */
    private static String id(AwsCall call, String parameter) {
        return call.parameter(parameter).replaceAll(".*/", "");
    }

    private ObjectNode createFileSystem(AwsCall call) {
        var id = made("fs-");
        var arn = "arn:aws:s3files:%s:%s:file-system/%s".formatted(call.region(), account, id);
        var made = available().put(FILE_SYSTEM, id).put("fileSystemArn", arn);
        fileSystems.put(id, made);
        return made;
    }

    private ObjectNode createAccessPoint(AwsCall call, ObjectNode of) {
        var id = made("fsap-");
        var arn = of.path("fileSystemArn").asText() + "/access-point/" + id;
        var made = call.parameters().deepCopy();
        made.put("status", "available")
                .put(FILE_SYSTEM, of.path(FILE_SYSTEM).asText())
                .put(ACCESS_POINT, id)
                .put("accessPointArn", arn);
        accessPoints.put(id, made);
        return made;
    }

    private Response createMountTarget(AwsCall call, ObjectNode of) {
        var id = made("fsmt-");
        var groups = Json.strings(call.parameters().path("securityGroups")).toList();
        var made =
                interfaces.create(
                        call.parameter("subnetId"), groups, "S3 Files mount target " + id);
        if (made.isEmpty()) {
            return Response.restError(
                    400, "ValidationException", "There is no such subnet.", Json.object());
        }
        var target =
                available()
                        .put("mountTargetId", id)
                        .put(FILE_SYSTEM, of.path(FILE_SYSTEM).asText())
                        .put("subnetId", made.get().subnetId())
                        .put("vpcId", made.get().vpcId())
                        .put("networkInterfaceId", made.get().id())
                        .put("ipv4Address", made.get().address());
        targets.add(target);
        return Response.json(200, target);
    }

    private ObjectNode mountTargets(AwsCall call) {
        var answer = Json.object();
        var found = answer.putArray("mountTargets");
        targets.stream()
                .filter(target -> target.path(FILE_SYSTEM).asText().equals(id(call, FILE_SYSTEM)))
                .forEach(found::add);
        return answer;
    }

    private static ObjectNode available() {
        return Json.object().put("status", "available");
    }

    private static String made(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "").substring(0, 17);
    }
}
