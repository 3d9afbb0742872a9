package dev.efsautopilot.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Amazon S3 Files, as far as it is mounted: its shapes in the words of EFS, on which it is built.
 */
public final class S3Files {

    private final S3FilesCalls calls;

    S3Files(S3FilesCalls calls) {
        this.calls = calls;
    }

    /** Whether this is the ARN of a file system on S3 Files, or of an access point of one. */
    public static boolean names(String id) {
        return id.startsWith("arn:") && id.contains(":s3files:");
    }

    /** The file system of an access point's ARN, and a file system's own. */
    public static String ofAccessPoint(String arn) {
        return arn.replaceFirst("/access-point/.*", "");
    }

    /**
     * The file system ({@code GetFileSystem}) with its ARN as its id, and without tags, by which no
     * owner opts in; S3 Files has no throughput mode. Empty where there is none of that ARN.
     */
    public Optional<FileSystem> fileSystem(String arn) {
        return calls.get("GetFileSystem", "/file-systems/" + id(arn), Map.of())
                .map(found ->
                        new FileSystem(arn, arn, state(found), Optional.empty(), "", Map.of()));
    }

    /** The policy of a file system ({@code GetFileSystemPolicy}); empty where it has none. */
    public Optional<JsonNode> policy(String arn) {
        return calls.get("GetFileSystemPolicy", "/file-systems/" + id(arn) + "/policy", Map.of())
                .map(found -> document(arn, Json.text(found, "policy")));
    }

    private static JsonNode document(String arn, String policy) {
        try {
            return Json.MAPPER.readTree(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the policy of " + arn + " is no JSON", e);
        }
    }

    /** The access point ({@code GetAccessPoint}); empty where there is none of that ARN. */
    public Optional<AccessPoint> accessPoint(String arn) {
        return calls.get("GetAccessPoint", "/access-points/" + id(arn), Map.of())
                .map(S3Files::point);
    }

    /**
     * The mount targets of a file system ({@code ListMountTargets}); a VPC has no more of them than
     * zones, which is one page.
     *
     * @return without their zones and security groups, which their network interfaces tell
     * @throws NotYet where S3 Files does not answer as it should
     */
    public List<MountTarget> mountTargets(String fileSystemArn) {
        return calls
                .get("ListMountTargets", "/mount-targets", Map.of("fileSystemId", fileSystemArn))
                .stream()
                .flatMap(found -> Json.list(found, "mountTargets").stream())
                .map(target -> target(fileSystemArn, target))
                .toList();
    }

    private static AccessPoint point(JsonNode found) {
        var arn = Json.text(found, "accessPointArn");
        var user = found.path("posixUser");
        var directory = found.path("rootDirectory");
        var made = directory.path("creationPermissions");
        var root =
                new AccessPointRoot(
                        ofAccessPoint(arn),
                        Json.optionalText(directory, "path").orElse("/"),
                        user.path("uid").asLong(),
                        user.path("gid").asLong(),
                        user.path("secondaryGids").valueStream().map(JsonNode::asLong).toList(),
                        Json.text(made, "permissions"));
        return new AccessPoint(
                arn,
                arn,
                state(found),
                root,
                user.isObject(),
                made.isObject() ? Optional.of(owner(made)) : Optional.empty(),
                Map.of());
    }

    private static AccessPoint.Owner owner(JsonNode made) {
        return new AccessPoint.Owner(
                made.path("ownerUid").asLong(),
                made.path("ownerGid").asLong(),
                Json.text(made, "permissions"));
    }

    private static MountTarget target(String fileSystemArn, JsonNode target) {
        return new MountTarget(
                Json.text(target, "mountTargetId"),
                fileSystemArn,
                state(target),
                "",
                Json.text(target, "vpcId"),
                Json.text(target, "subnetId"),
                Json.text(target, "networkInterfaceId"),
                Json.text(target, "ipv4Address"),
                Json.text(target, "ipv6Address"));
    }

    private static String id(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static String state(JsonNode found) {
        return Json.text(found, "status").toLowerCase(Locale.ROOT);
    }
}
