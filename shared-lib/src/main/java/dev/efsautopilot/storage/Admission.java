package dev.efsautopilot.storage;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.intent.AllowedPaths;
import dev.efsautopilot.intent.EfsPath;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;

/** Whether a directory of a file system, or an access point, may be given to tasks. */
public final class Admission {

    private Admission() {}

    /**
     * The directory, where the file system's owner opted in and it is inside an allowed prefix.
     *
     * @param field what a refusal of the path is about
     * @throws NotYet while the file system is being made or changed
     */
    public static Result<EfsPath> admit(FileSystem fileSystem, String field, EfsPath path) {
        return switch (fileSystem.state()) {
            case "available" -> allowed(fileSystem, field, path);
            case "creating", "updating" ->
                    throw new NotYet(
                            "file system " + fileSystem.id() + " is " + fileSystem.state());
            case String state ->
                    Result.refused(
                            Refusal.conflict(
                                    fileSystem.id(),
                                    "the file system is " + state,
                                    "name one that is available"));
        };
    }

    /**
     * The access point, where it can be mounted.
     *
     * @throws NotYet while it is being made, changed or deleted
     */
    public static Result<AccessPoint> usable(AccessPoint accessPoint) {
        return switch (accessPoint.state()) {
            case "available" -> Result.ok(accessPoint);
            case "error" ->
                    Result.refused(
                            Refusal.conflict(
                                    accessPoint.id(),
                                    "EFS could not make the access point",
                                    "delete it, and ask again"));
            case String state ->
                    throw new NotYet("access point " + accessPoint.id() + " is " + state);
        };
    }

    private static Result<EfsPath> allowed(FileSystem fileSystem, String field, EfsPath path) {
        var tag = fileSystem.id() + ": " + FileSystem.ALLOW;
        var value = fileSystem.allow();
        if (value.isEmpty()) {
            return Result.refused(
                    Refusal.forbidden(
                            tag,
                            "the file system has no such tag",
                            "its owner opts in with the tag "
                                    + FileSystem.ALLOW
                                    + "=/ or with the path prefixes that tasks may have"));
        }
        return AllowedPaths.parse(tag, value.get())
                .then(allowed ->
                        allowed.allows(path)
                                ? Result.ok(path)
                                : Result.refused(
                                        Refusal.forbidden(
                                                field,
                                                path + " is outside what " + tag + " allows",
                                                "choose a path inside "
                                                        + value.get().strip()
                                                        + " or have its owner allow it")));
    }
}
