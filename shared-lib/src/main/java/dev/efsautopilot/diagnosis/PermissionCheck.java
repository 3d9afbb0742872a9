package dev.efsautopilot.diagnosis;

import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.diagnosis.Fact.Unknown;
import dev.efsautopilot.role.MountPermission;
import java.util.Optional;

/** Whether the file system's policy and the task role let the volume be mounted. */
final class PermissionCheck {

    private PermissionCheck() {}

    /** Empty where another check says what contradicts. */
    static Optional<Finding> of(VolumeFacts facts) {
        return switch (facts.permission()) {
            case Unknown<Optional<MountPermission>>(var why) ->
                    Optional.of(Finding.unknown(Check.PERMISSIONS, why));
            case Known<Optional<MountPermission>>(var found) ->
                    found.map(permission -> of(facts.volume().name(), permission));
        };
    }

    private static Finding of(String volume, MountPermission permission) {
        return switch (permission) {
            case MountPermission.Given(var why) -> Finding.ok(Check.PERMISSIONS, why);
            case MountPermission.Unclear(var why) ->
                    Finding.unknown(Check.PERMISSIONS, "volume " + volume + ": " + why);
            case MountPermission.Refused(var actions, var why, var repair) ->
                    Finding.broken(
                            Check.PERMISSIONS,
                            "volume %s needs %s: %s"
                                    .formatted(volume, String.join(" ", actions), why),
                            repair);
        };
    }
}
