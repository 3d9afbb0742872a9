package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.diagnosis.Finding.Verdict;
import java.util.List;
import java.util.Optional;
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
        return switch (facts.fileSystem()) {
            case Fact.Unknown<Optional<FileSystem>>(var why) ->
                    Finding.unknown(Check.OWNER_OPT_IN, why);
            case Fact.Known<Optional<FileSystem>>(var found) ->
                    found.flatMap(FileSystem::allow).isPresent()
                            ? Finding.ok(
                                    Check.OWNER_OPT_IN,
                                    facts.volume().fileSystemId()
                                            + " has the tag "
                                            + FileSystem.ALLOW)
                            : notAllowed(facts.volume().fileSystemId(), others);
        };
    }

    private static Finding notAllowed(String fileSystemId, List<Finding> others) {
        var wanted =
                others.stream()
                        .filter(finding -> finding.verdict() == Verdict.BROKEN)
                        .anyMatch(finding -> REPAIRED.contains(finding.check()));
        var evidence = fileSystemId + " has no tag " + FileSystem.ALLOW + ": nothing is repaired";
        return wanted
                ? Finding.broken(
                        Check.OWNER_OPT_IN,
                        evidence,
                        "aws efs tag-resource --resource-id "
                                + fileSystemId
                                + " --tags Key="
                                + FileSystem.ALLOW
                                + ",Value=/")
                : Finding.ok(Check.OWNER_OPT_IN, evidence + ", and nothing needs to be");
    }
}
