package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A container that mounts a volume.
 *
 * @param container its name
 * @param user its user as the task definition names it; "" for the image's
 * @param writes whether it mounts it to write
 */
record Mounter(String container, String user, boolean writes) {

    private static final String NUMERIC = "\\d{1,10}(:\\d{1,10})?";

    static List<Mounter> of(JsonNode definition, String volume) {
        return Json.list(definition, "containerDefinitions").stream()
                .flatMap(container ->
                        Json.list(container, "mountPoints").stream()
                                .filter(mount -> Json.text(mount, "sourceVolume").equals(volume))
                                .map(mount ->
                                        new Mounter(
                                                Json.text(container, "name"),
                                                Json.text(container, "user"),
                                                !mount.path("readOnly").asBoolean(false))))
                .toList();
    }

    /** What it needs of the directory: to list and enter it, and to change it where it writes. */
    int needs() {
        return writes ? 7 : 5;
    }

    /**
     * Whom EFS takes it for: whom the access point enforces, else its own numeric user. Empty where
     * the image decides, and for root, whom EFS lets in as root by permission only.
     */
    Optional<PosixUser> as(AccessPoint point) {
        if (point.enforcesUser()) {
            var root = point.root();
            var groups = new HashSet<>(root.gids());
            groups.add(root.gid());
            return known(new PosixUser(root.uid(), Optional.of(root.gid()), Set.copyOf(groups)));
        }
        if (!user.matches(NUMERIC)) {
            return Optional.empty();
        }
        var parts = user.split(":", 2);
        var gid = parts.length == 2 ? Optional.of(Long.valueOf(parts[1])) : Optional.<Long>empty();
        return known(
                new PosixUser(Long.parseLong(parts[0]), gid, gid.map(Set::of).orElse(Set.of())));
    }

    private static Optional<PosixUser> known(PosixUser user) {
        return Optional.of(user).filter(one -> one.uid() != 0);
    }

    /** In words. */
    String said(AccessPoint point) {
        var own = user.isEmpty() ? "its image's user" : "user " + user;
        return point.enforcesUser()
                ? "%s (%s, for EFS %d:%d by %s)"
                        .formatted(
                                container, own, point.root().uid(), point.root().gid(), point.id())
                : container + " (" + own + ")";
    }
}
