package dev.efsautopilot.aws;

import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.AccessPointDescription;
import software.amazon.awssdk.services.efs.model.AccessPointNotFoundException;
import software.amazon.awssdk.services.efs.model.BadRequestException;
import software.amazon.awssdk.services.efs.model.FileSystemNotFoundException;

/** The access points of file systems. */
public final class EfsAccessPoints {

    private final Supplier<EfsClient> client;

    EfsAccessPoints(Supplier<EfsClient> client) {
        this.client = client;
    }

    /** The access point with this id. */
    public Optional<AccessPoint> find(String id) {
        try {
            return client
                    .get()
                    .describeAccessPoints(r -> r.accessPointId(id))
                    .accessPoints()
                    .stream()
                    .findFirst()
                    .map(EfsAccessPoints::accessPoint);
        } catch (AccessPointNotFoundException _) {
            return Optional.empty();
        }
    }

    /** Every access point of a file system, page by page; none where it is gone. */
    public List<AccessPoint> of(String fileSystemId) {
        try {
            return client
                    .get()
                    .describeAccessPointsPaginator(
                            r -> r.fileSystemId(fileSystemId).maxResults(1000))
                    .accessPoints()
                    .stream()
                    .map(EfsAccessPoints::accessPoint)
                    .toList();
        } catch (FileSystemNotFoundException _) {
            return List.of();
        }
    }

    /**
     * One page of a file system's access points.
     *
     * @param limit how many at most
     * @param token what the page before gave; empty for the first
     * @return the reason where EFS does not know the file system or the token
     */
    public Result<AccessPointPage> page(String fileSystemId, int limit, Optional<String> token) {
        try {
            var page =
                    client.get()
                            .describeAccessPoints(r ->
                                    r.fileSystemId(fileSystemId)
                                            .maxResults(limit)
                                            .nextToken(token.orElse(null)));
            return Result.ok(
                    new AccessPointPage(
                            page.accessPoints().stream().map(EfsAccessPoints::accessPoint).toList(),
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

    /**
     * Deletes an access point ({@code DeleteAccessPoint}); done as well where it is gone. Its
     * directory and all data in it stay.
     */
    public void delete(String id) {
        try {
            client.get().deleteAccessPoint(r -> r.accessPointId(id));
        } catch (AccessPointNotFoundException _) {
            // Somebody else was first.
        }
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
                Efs.tags(described.tags()));
    }
}
