package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.S3Files;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.diagnosis.Fact.Unknown;
import java.util.List;
import java.util.Optional;

/** Whose the directory is, against whom the containers that mount it work as. */
final class OwnerCheck {

    private OwnerCheck() {}

    /** Empty where another check says that the access point is not there. */
    static Optional<Finding> of(VolumeFacts facts, JsonNode definition) {
        if (facts.volume().accessPointId().isEmpty()) {
            return Optional.of(
                    Finding.unknown(
                            Check.DIRECTORY_OWNER,
                            "no API tells who owns %s of %s; an access point would decide it"
                                    .formatted(
                                            facts.volume().rootDirectory(),
                                            facts.volume().fileSystemId())));
        }
        var users = Mounter.of(definition, facts.volume().name());
        return switch (facts.accessPoint()) {
            case Unknown<Optional<AccessPoint>>(var why) ->
                    Optional.of(Finding.unknown(Check.DIRECTORY_OWNER, why));
            case Known<Optional<AccessPoint>>(var found) -> found.map(point -> of(point, users));
        };
    }

    private static Finding of(AccessPoint point, List<Mounter> mounters) {
        return point.creation()
                .map(owner -> of(point, owner, mounters))
                .orElseGet(() ->
                        Finding.unknown(
                                Check.DIRECTORY_OWNER,
                                "%s has no CreationInfo, and no API tells whether %s is there"
                                        .formatted(point.id(), point.root().path())));
    }

    private static Finding of(AccessPoint point, AccessPoint.Owner owner, List<Mounter> mounters) {
        var made =
                "%s is made for %d:%d with mode %s"
                        .formatted(point.root().path(), owner.uid(), owner.gid(), owner.mode());
        var unknown = mounters.stream().filter(it -> it.as(point).isEmpty()).findFirst();
        var locked =
                mounters.stream()
                        .filter(it ->
                                it.as(point)
                                        .filter(user -> !user.may(it.needs(), owner))
                                        .isPresent())
                        .findFirst();
        if (locked.isPresent()) {
            return Finding.broken(
                    Check.DIRECTORY_OWNER,
                    "%s, and %s may not %s"
                            .formatted(
                                    made,
                                    locked.get().said(point),
                                    locked.get().writes() ? "write" : "read"),
                    repair(point, locked.get().as(point).orElseThrow()));
        }
        return unknown.map(it ->
                        Finding.unknown(
                                Check.DIRECTORY_OWNER,
                                "%s, and it is not known whom %s works as: name a numeric user other than 0"
                                        .formatted(made, it.container())))
                .orElseGet(() -> Finding.ok(Check.DIRECTORY_OWNER, made + fits(point, mounters)));
    }

    private static String fits(AccessPoint point, List<Mounter> mounters) {
        return mounters.isEmpty()
                ? ""
                : ", which fits "
                        + String.join(", ", mounters.stream().map(it -> it.said(point)).toList());
    }

    /** A directory that is there keeps its owner, so that another one is named. */
    private static String repair(AccessPoint point, PosixUser user) {
        return (S3Files.names(point.id())
                        ? "aws s3files create-access-point --file-system-id %s --posix-user uid=%2$d,gid=%3$d --root-directory 'path=%4$s-%2$d,creationPermissions={ownerUid=%2$d,ownerGid=%3$d,permissions=0750}'"
                        : "aws efs create-access-point --file-system-id %s --posix-user Uid=%2$d,Gid=%3$d --root-directory 'Path=%4$s-%2$d,CreationInfo={OwnerUid=%2$d,OwnerGid=%3$d,Permissions=0750}'")
                .concat(", and register a revision with it; or chown what is there")
                .formatted(
                        point.root().fileSystemId(),
                        user.uid(),
                        user.gid().orElse(user.uid()),
                        point.root().path());
    }
}
