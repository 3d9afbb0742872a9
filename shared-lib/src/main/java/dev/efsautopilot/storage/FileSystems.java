package dev.efsautopilot.storage;

import dev.efsautopilot.aws.EfsFileSystems;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.intent.FileSystemName;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.Optional;

/** Finds the file system that a tag or a request names. */
public final class FileSystems {

    private final EfsFileSystems there;
    private final Optional<String> byDefault;

    /**
     * @param byDefault the stack's parameter DefaultFileSystem: an id or {@code name:…}
     */
    public FileSystems(EfsFileSystems there, Optional<String> byDefault) {
        this.there = there;
        this.byDefault = byDefault;
    }

    /**
     * The file system of this name.
     *
     * @param field what a refusal is about
     */
    public Result<FileSystem> find(String field, FileSystemName name) {
        return switch (name) {
            case FileSystemName.Id(var id) ->
                    there.find(id)
                            .map(Result::ok)
                            .orElseGet(() -> missing(field, "no file system has the id " + id));
            case FileSystemName.Named(var text) -> named(field, text);
            case FileSystemName.Default() -> byDefault(field);
            case FileSystemName.S3Files(var arn) ->
                    Result.refused(
                            Refusal.invalid(
                                    field,
                                    arn + " is of S3 Files, where this software makes nothing",
                                    "name an EFS file system"));
        };
    }

    private Result<FileSystem> named(String field, String name) {
        var found =
                there.all().stream()
                        .filter(fileSystem -> name.equals(fileSystem.tags().get("Name")))
                        .toList();
        return switch (found.size()) {
            case 0 -> missing(field, "no file system has the Name tag " + name);
            case 1 -> Result.ok(found.getFirst());
            default ->
                    Result.refused(
                            Refusal.conflict(
                                    field,
                                    found.size() + " file systems have the Name tag " + name,
                                    "name the file system by its id"));
        };
    }

    private Result<FileSystem> byDefault(String field) {
        if (byDefault.isEmpty()) {
            return Result.refused(
                    Refusal.invalid(
                            field,
                            "no file system is named and the stack has no default",
                            "name one, or set the stack's parameter DefaultFileSystem"));
        }
        var parameter = "the stack's parameter DefaultFileSystem";
        return FileSystemName.parse(parameter, byDefault.get()).then(name -> find(parameter, name));
    }

    private static Result<FileSystem> missing(String field, String problem) {
        return Result.refused(
                Refusal.notFound(field, problem, "name one of this account and region"));
    }
}
