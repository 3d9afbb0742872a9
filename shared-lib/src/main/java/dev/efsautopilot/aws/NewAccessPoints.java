package dev.efsautopilot.aws;

import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.AccessPointAlreadyExistsException;
import software.amazon.awssdk.services.efs.model.AccessPointLimitExceededException;
import software.amazon.awssdk.services.efs.model.CreateAccessPointRequest;
import software.amazon.awssdk.services.efs.model.FileSystemNotFoundException;
import software.amazon.awssdk.services.efs.model.IncorrectFileSystemLifeCycleStateException;
import software.amazon.awssdk.services.efs.model.Tag;
import software.amazon.awssdk.services.efs.model.ThrottlingException;

/** Makes access points ({@code CreateAccessPoint}). */
public final class NewAccessPoints {

    private final Supplier<EfsClient> client;

    NewAccessPoints(Supplier<EfsClient> client) {
        this.client = client;
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
    public Result<AccessPoint> make(String token, AccessPointRoot root, Map<String, String> tags) {
        var fileSystem = root.fileSystemId();
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
            return new EfsAccessPoints(client)
                    .find(e.accessPointId())
                    .map(Result::ok)
                    .orElseThrow(() -> new NotYet(e.accessPointId() + " is being deleted"));
        } catch (IncorrectFileSystemLifeCycleStateException _) {
            throw new NotYet("file system " + fileSystem + " is not available");
        } catch (ThrottlingException _) {
            throw new NotYet(
                    "file system "
                            + fileSystem
                            + " is near its limit of access points, EFS slows down");
        } catch (AccessPointLimitExceededException _) {
            return Result.refused(
                    Refusal.conflict(
                            fileSystem,
                            "the file system has all the access points that its quota allows",
                            "raise the quota, or delete access points that are no longer used"));
        } catch (FileSystemNotFoundException _) {
            return Result.refused(
                    Refusal.notFound(
                            fileSystem,
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
                .tags(
                        tags.entrySet().stream()
                                .map(tag ->
                                        Tag.builder()
                                                .key(tag.getKey())
                                                .value(tag.getValue())
                                                .build())
                                .toList())
                .build();
    }
}
