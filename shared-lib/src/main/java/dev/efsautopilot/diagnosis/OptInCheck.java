package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.diagnosis.Finding.Verdict;
import java.util.List;
import java.util.Set;

/**
 * Whether this software may repair. That an owner did not opt in breaks no mount by itself, so it
 * counts only where something is broken that would be repaired otherwise.
 */
final class OptInCheck {

    private static final Set<Check> REPAIRED =
            Set.of(Check.MOUNT_TARGET, Check.SECURITY_GROUPS_IN, Check.SECURITY_GROUPS_OUT);

    private OptInCheck() {}

    static Finding of(VolumeFacts facts, List<Finding> others) {
        var id = facts.volume().fileSystemId();
        return Finding.of(
                Check.OWNER_OPT_IN,
                facts.optIn(),
                allowed ->
                        allowed
                                ? Finding.ok(
                                        Check.OWNER_OPT_IN,
                                        id
                                                + (facts.onS3Files()
                                                        ? " is among S3FileSystems"
                                                        : " has the tag " + FileSystem.ALLOW))
                                : facts.onS3Files()
                                        ? notAllowed(
                                                id + " is not among S3FileSystems",
                                                "add it to the stack's parameter S3FileSystems",
                                                others)
                                        : notAllowed(
                                                id + " has no tag " + FileSystem.ALLOW,
                                                "aws efs tag-resource --resource-id %s --tags Key=%s,Value=/"
                                                        .formatted(id, FileSystem.ALLOW),
                                                others));
    }

    private static Finding notAllowed(String missing, String repair, List<Finding> others) {
        var wanted =
                others.stream()
                        .filter(finding -> finding.verdict() == Verdict.BROKEN)
                        .anyMatch(finding -> REPAIRED.contains(finding.check()));
        var evidence = missing + ": nothing is repaired";
        return wanted
                ? Finding.broken(Check.OWNER_OPT_IN, evidence, repair)
                : Finding.ok(Check.OWNER_OPT_IN, evidence + ", and nothing needs to be");
    }
}
