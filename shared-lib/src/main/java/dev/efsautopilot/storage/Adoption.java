package dev.efsautopilot.storage;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.EfsAccessPoints;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.intent.EfsPath;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;

/**
 * Takes an access point that somebody else made: as it is, where the owner of its file system
 * allows its directory.
 *
 * @param there where it is read
 */
public record Adoption(EfsAccessPoints there) {

    /**
     * The access point with this id.
     *
     * @param field what a refusal is about
     * @param fileSystem whose it has to be
     * @throws NotYet while it, or its file system, is being made or changed
     */
    public Result<AccessPoint> of(String field, FileSystem fileSystem, String id) {
        return there.find(id)
                .map(found -> checked(field, fileSystem, found))
                .orElseGet(() ->
                        Result.refused(
                                Refusal.notFound(
                                        field,
                                        "no access point has the id " + id,
                                        "name one of this account and region")));
    }

    private static Result<AccessPoint> checked(
            String field, FileSystem fileSystem, AccessPoint found) {
        var of = found.root().fileSystemId();
        if (!of.equals(fileSystem.id())) {
            return Result.refused(
                    Refusal.conflict(
                            field,
                            found.id() + " is of " + of + ", not of " + fileSystem.id(),
                            "name its file system, " + of + ", or another access point"));
        }
        return EfsPath.parse(field, found.root().path())
                .then(path -> Admission.admit(fileSystem, field, path))
                .then(_ -> Admission.usable(found));
    }
}
