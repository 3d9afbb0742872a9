package dev.efsautopilot.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.AccessPointAlreadyExistsException;
import software.amazon.awssdk.services.efs.model.AccessPointDescription;
import software.amazon.awssdk.services.efs.model.AccessPointLimitExceededException;
import software.amazon.awssdk.services.efs.model.AccessPointNotFoundException;
import software.amazon.awssdk.services.efs.model.BadRequestException;
import software.amazon.awssdk.services.efs.model.CreateAccessPointRequest;
import software.amazon.awssdk.services.efs.model.FileSystemDescription;
import software.amazon.awssdk.services.efs.model.FileSystemNotFoundException;
import software.amazon.awssdk.services.efs.model.IncorrectFileSystemLifeCycleStateException;
import software.amazon.awssdk.services.efs.model.IncorrectMountTargetStateException;
import software.amazon.awssdk.services.efs.model.MountTargetConflictException;
import software.amazon.awssdk.services.efs.model.MountTargetDescription;
import software.amazon.awssdk.services.efs.model.MountTargetNotFoundException;
import software.amazon.awssdk.services.efs.model.NoFreeAddressesInSubnetException;
import software.amazon.awssdk.services.efs.model.PolicyNotFoundException;
import software.amazon.awssdk.services.efs.model.Tag;
import software.amazon.awssdk.services.efs.model.ThrottlingException;
import software.amazon.awssdk.services.efs.model.UnsupportedAvailabilityZoneException;

/** Amazon EFS. */
public final class Efs {

    private final Supplier<EfsClient> client;

    Efs(Supplier<EfsClient> client) {
        this.client = client;
    }

    /** The file system with this id. */
    public Optional<FileSystem> fileSystem(String id) {
        try {
            return client.get().describeFileSystems(r -> r.fileSystemId(id)).fileSystems().stream()
                    .findFirst()
                    .map(Efs::fileSystem);
        } catch (FileSystemNotFoundException _) {
            return Optional.empty();
        }
    }

    /** Every file system of the account and region. */
    public List<FileSystem> fileSystems() {
        return client.get().describeFileSystemsPaginator().fileSystems().stream()
                .map(Efs::fileSystem)
                .toList();
    }

    /** The access point with this id. */
    public Optional<AccessPoint> accessPoint(String id) {
        try {
            return client
                    .get()
                    .describeAccessPoints(r -> r.accessPointId(id))
                    .accessPoints()
                    .stream()
                    .findFirst()
                    .map(Efs::accessPoint);
        } catch (AccessPointNotFoundException _) {
            return Optional.empty();
        }
    }

    /**
     * Creates an access point, and its directory when it is first mounted. The same token gives the
     * existing one ({@code AccessPointAlreadyExists}), whatever it is: compare it with what was
     * asked for.
     *
     * @param token {@code ClientToken}, at most 64 characters, unique per account and region
     * @throws NotYet where the file system, or an access point of that token, is just changing, and
     *     where EFS slows its callers down near the file system's limit ({@code
     *     ThrottlingException})
     */
    public Result<AccessPoint> createAccessPoint(
            String token, AccessPointRoot root, Map<String, String> tags) {
        try {
            var made = client.get().createAccessPoint(request(token, root, tags));
            return Result.ok(
                    new AccessPoint(
                            made.accessPointId(),
                            made.accessPointArn(),
                            made.lifeCycleStateAsString(),
                            root,
                            true,
                            Optional.of(new AccessPoint.Owner(root.uid(), root.gid(), root.mode())),
                            tags));
        } catch (AccessPointAlreadyExistsException e) {
            return accessPoint(e.accessPointId())
                    .map(Result::ok)
                    .orElseThrow(() -> new NotYet(e.accessPointId() + " is being deleted"));
        } catch (IncorrectFileSystemLifeCycleStateException _) {
            throw new NotYet("file system " + root.fileSystemId() + " is not available");
        } catch (ThrottlingException _) {
            throw new NotYet(
                    "file system "
                            + root.fileSystemId()
                            + " is near its limit of access points, EFS slows down");
        } catch (AccessPointLimitExceededException _) {
            return Result.refused(
                    Refusal.conflict(
                            root.fileSystemId(),
                            "the file system has all the access points that its quota allows",
                            "raise the quota, or delete access points that are no longer used"));
        } catch (FileSystemNotFoundException _) {
            return Result.refused(
                    Refusal.notFound(
                            root.fileSystemId(),
                            "no file system has this id",
                            "name one of this account and region"));
        }
    }

    private static CreateAccessPointRequest request(
            String token, AccessPointRoot root, Map<String, String> tags) {
        return CreateAccessPointRequest.builder()
                .clientToken(token)
                .fileSystemId(root.fileSystemId())
                .posixUser(u -> u.uid(root.uid()).gid(root.gid()).secondaryGids(root.gids()))
                .rootDirectory(d ->
                        d.path(root.path())
                                .creationInfo(c ->
                                        c.ownerUid(root.uid())
                                                .ownerGid(root.gid())
                                                .permissions(root.mode())))
                .tags(tags(tags))
                .build();
    }

    /** Where a file system can be mounted from: at most one a zone. */
    public List<MountTarget> mountTargets(String fileSystemId) {
        return client
                .get()
                .describeMountTargetsPaginator(r -> r.fileSystemId(fileSystemId))
                .mountTargets()
                .stream()
                .map(Efs::mountTarget)
                .toList();
    }

    /** The mount target with this id. */
    public Optional<MountTarget> mountTarget(String id) {
        try {
            return client
                    .get()
                    .describeMountTargets(r -> r.mountTargetId(id))
                    .mountTargets()
                    .stream()
                    .findFirst()
                    .map(Efs::mountTarget);
        } catch (MountTargetNotFoundException _) {
            return Optional.empty();
        }
    }

    /** The ids of a mount target's security groups: at most five. */
    public List<String> securityGroups(MountTarget mountTarget) {
        return client.get()
                .describeMountTargetSecurityGroups(r -> r.mountTargetId(mountTarget.id()))
                .securityGroups();
    }

    /**
     * Replaces all security groups of a mount target.
     *
     * @throws NotYet where the mount target is just changing
     */
    public void replaceSecurityGroups(MountTarget mountTarget, List<String> securityGroups) {
        try {
            client.get()
                    .modifyMountTargetSecurityGroups(
                            r -> r.mountTargetId(mountTarget.id()).securityGroups(securityGroups));
        } catch (IncorrectMountTargetStateException _) {
            throw new NotYet("mount target " + mountTarget.id() + " is not available");
        }
    }

    /**
     * Creates a mount target ({@code CreateMountTarget}), unless the zone has one already ({@code
     * MountTargetConflict}). It takes about 90 seconds to become available.
     *
     * @return why there can't be one; empty where it is being made
     */
    public Optional<Refusal> createMountTarget(
            String fileSystemId, String subnetId, List<String> securityGroups) {
        try {
            client.get()
                    .createMountTarget(r ->
                            r.fileSystemId(fileSystemId)
                                    .subnetId(subnetId)
                                    .securityGroups(securityGroups));
            return Optional.empty();
        } catch (MountTargetConflictException _) {
            return Optional.empty();
        } catch (NoFreeAddressesInSubnetException _) {
            return Optional.of(
                    Refusal.conflict(
                            subnetId,
                            "it has no free address for a mount target of " + fileSystemId,
                            "create the mount target in another subnet of the zone"));
        } catch (UnsupportedAvailabilityZoneException _) {
            return Optional.of(
                    Refusal.conflict(
                            subnetId,
                            "EFS has no mount targets in its zone",
                            "run the task in another zone"));
        }
    }

    private static FileSystem fileSystem(FileSystemDescription described) {
        return new FileSystem(
                described.fileSystemId(),
                described.fileSystemArn(),
                described.lifeCycleStateAsString(),
                Optional.ofNullable(described.availabilityZoneName()),
                Objects.requireNonNullElse(described.throughputModeAsString(), "bursting"),
                tags(described.tags()));
    }

    private static AccessPoint accessPoint(AccessPointDescription described) {
        var user = described.posixUser();
        var directory = described.rootDirectory();
        var creation = directory.creationInfo();
        return new AccessPoint(
                described.accessPointId(),
                described.accessPointArn(),
                described.lifeCycleStateAsString(),
                new AccessPointRoot(
                        described.fileSystemId(),
                        directory.path() == null ? "/" : directory.path(),
                        user == null ? 0 : user.uid(),
                        user == null ? 0 : user.gid(),
                        user == null || !user.hasSecondaryGids() ? List.of() : user.secondaryGids(),
                        creation == null ? "" : creation.permissions()),
                user != null,
                Optional.ofNullable(creation)
                        .map(it ->
                                new AccessPoint.Owner(
                                        it.ownerUid(), it.ownerGid(), it.permissions())),
                tags(described.tags()));
    }

    private static MountTarget mountTarget(MountTargetDescription described) {
        return new MountTarget(
                described.mountTargetId(),
                described.fileSystemId(),
                described.lifeCycleStateAsString(),
                described.availabilityZoneName(),
                described.vpcId(),
                described.subnetId(),
                Objects.requireNonNullElse(described.networkInterfaceId(), ""),
                Objects.requireNonNullElse(described.ipAddress(), ""),
                Objects.requireNonNullElse(described.ipv6Address(), ""));
    }

    private static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(Collectors.toUnmodifiableMap(Tag::key, Tag::value));
    }

    private static List<Tag> tags(Map<String, String> tags) {
        Function<Map.Entry<String, String>, Tag> tag =
                entry -> Tag.builder().key(entry.getKey()).value(entry.getValue()).build();
        return tags.entrySet().stream().map(tag).toList();
    }

    /** Every access point of a file system, page by page; none where it is gone. */
    public List<AccessPoint> accessPointsOf(String fileSystemId) {
        try {
            return client
                    .get()
                    .describeAccessPointsPaginator(
                            r -> r.fileSystemId(fileSystemId).maxResults(1000))
                    .accessPoints()
                    .stream()
                    .map(Efs::accessPoint)
                    .toList();
        } catch (FileSystemNotFoundException _) {
            return List.of();
        }
    }

    /**
     * Deletes an access point ({@code DeleteAccessPoint}); done as well where it is gone. Its
     * directory and all data in it stay.
     */
    public void deleteAccessPoint(String id) {
        try {
            client.get().deleteAccessPoint(r -> r.accessPointId(id));
        } catch (AccessPointNotFoundException _) {
            // Somebody else was first.
        }
    }

    /**
     * The policy of a file system ({@code DescribeFileSystemPolicy}); empty where it has none, and
     * the default is in effect, which allows whoever reaches it.
     */
    public Optional<JsonNode> policy(String fileSystemId) {
        try {
            return Optional.of(
                    Json.MAPPER.readTree(
                            client.get()
                                    .describeFileSystemPolicy(r -> r.fileSystemId(fileSystemId))
                                    .policy()));
        } catch (PolicyNotFoundException _) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the policy of " + fileSystemId + " is no JSON", e);
        }
    }

    /**
     * One page of a file system's access points.
     *
     * @param limit how many at most
     * @param token what the page before gave; empty for the first
     * @return the reason where EFS does not know the file system or the token
     */
    public Result<AccessPointPage> accessPoints(
            String fileSystemId, int limit, Optional<String> token) {
        try {
            var page =
                    client.get()
                            .describeAccessPoints(r ->
                                    r.fileSystemId(fileSystemId)
                                            .maxResults(limit)
                                            .nextToken(token.orElse(null)));
            return Result.ok(
                    new AccessPointPage(
                            page.accessPoints().stream().map(Efs::accessPoint).toList(),
                            Optional.ofNullable(page.nextToken())));
        } catch (BadRequestException _) {
            return Result.refused(
                    Refusal.invalid(
                            "nextToken",
                            "EFS does not know it",
                            "begin without one, tokens are short-lived"));
        } catch (FileSystemNotFoundException _) {
            return Result.refused(
                    Refusal.notFound(
                            "fileSystem",
                            "no file system has the id " + fileSystemId,
                            "name one of this account and region"));
        }
    }
}
