package dev.efsautopilot.storage;

import dev.efsautopilot.aws.AccessPointRoot;
import dev.efsautopilot.json.Sha256;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that makes an access point the one that was asked for. The same specification is the
 * same access point.
 *
 * @param root what it shows and as whom
 * @param stack the stack that makes it
 * @param family the task definitions that it is for
 * @param volume the volume that it is for
 */
record AccessPointSpec(AccessPointRoot root, String stack, String family, String volume) {

    AccessPointSpec {
        root = normal(root);
    }

    /** Groups in rising order, four digits of mode: two ways of writing one thing are equal. */
    static AccessPointRoot normal(AccessPointRoot root) {
        return new AccessPointRoot(
                root.fileSystemId(),
                root.path(),
                root.uid(),
                root.gid(),
                root.gids().stream().sorted().distinct().toList(),
                root.mode().length() == 3 ? "0" + root.mode() : root.mode());
    }

    /**
     * EFS's {@code ClientToken}: the hash of the whole specification, 64 hexadecimal digits. EFS
     * wants it unique in the account and region, so the file system is in it.
     */
    String token() {
        var canonical =
                String.join(
                        "\n",
                        "efs-autopilot access point",
                        root.fileSystemId(),
                        root.path(),
                        String.valueOf(root.uid()),
                        String.valueOf(root.gid()),
                        root.gids().stream().map(String::valueOf).collect(Collectors.joining(":")),
                        root.mode(),
                        stack,
                        family,
                        volume);
        return Sha256.of(canonical);
    }

    /**
     * Its tags.
     *
     * @param requestedBy what asked for it
     */
    Map<String, String> tags(String requestedBy) {
        return Map.of(
                "Name", shortened(family + "/" + volume),
                "efs-autopilot/managed", stack,
                "efs-autopilot/family", family,
                "efs-autopilot/volume", volume,
                "efs-autopilot/requested-by", shortened(requestedBy));
    }

    /** A tag's value has at most 256 characters. */
    private static String shortened(String text) {
        return text.length() <= 256 ? text : text.substring(0, 256);
    }
}
