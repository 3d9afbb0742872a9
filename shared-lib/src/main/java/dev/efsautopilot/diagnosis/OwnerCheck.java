package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.AccessPointRoot;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.diagnosis.Fact.Unknown;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.EfsVolume;
import java.util.List;
import java.util.Optional;

/** Who the files belong to, against the users of the containers that mount them. */
final class OwnerCheck {

    private OwnerCheck() {}

    /** Empty where another check says that the access point is not there. */
    static Optional<Finding> of(VolumeFacts facts, JsonNode definition) {
        var users = users(facts.volume(), definition);
        if (facts.volume().accessPointId().isEmpty()) {
            return Optional.of(directory(facts.volume(), users));
        }
        return switch (facts.accessPoint()) {
            case Unknown<Optional<AccessPoint>>(var why) ->
                    Optional.of(Finding.unknown(Check.DIRECTORY_OWNER, why));
            case Known<Optional<AccessPoint>>(var found) ->
                    found.map(point -> accessPoint(point, users));
        };
    }

    private static List<String> users(EfsVolume volume, JsonNode definition) {
        return Json.list(definition, "containerDefinitions").stream()
                .filter(container ->
                        Json.list(container, "mountPoints").stream()
                                .anyMatch(mount ->
                                        Json.text(mount, "sourceVolume").equals(volume.name())))
                .map(container ->
                        Json.text(container, "name")
                                + " ("
                                + Json.optionalText(container, "user")
                                        .map(user -> "user " + user)
                                        .orElse("its image's user")
                                + ")")
                .toList();
    }

    private static Finding directory(EfsVolume volume, List<String> users) {
        return Finding.unknown(
                Check.DIRECTORY_OWNER,
                "no API tells who owns "
                        + volume.rootDirectory()
                        + " of "
                        + volume.fileSystemId()
                        + ", which "
                        + said(users)
                        + " uses; an access point would decide it");
    }

    private static Finding accessPoint(AccessPoint point, List<String> users) {
        var root = point.root();
        return root.mode().isEmpty()
                ? Finding.unknown(
                        Check.DIRECTORY_OWNER,
                        point.id()
                                + " has no CreationInfo, and no API tells whether "
                                + root.path()
                                + " is there")
                : Finding.ok(Check.DIRECTORY_OWNER, enforced(point.id(), root, users));
    }

    private static String enforced(String id, AccessPointRoot root, List<String> users) {
        return root.path()
                + " is made for "
                + root.uid()
                + ":"
                + root.gid()
                + " with mode "
                + root.mode()
                + "; "
                + id
                + " makes every access of "
                + said(users)
                + " as that user, so a chown to another fails";
    }

    private static String said(List<String> users) {
        return users.isEmpty() ? "no container" : String.join(", ", users);
    }
}
