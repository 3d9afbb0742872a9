package dev.efsautopilot.intent;

import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;

/** How a file system is named: the word {@code fs=}. */
public sealed interface FileSystemName {

    /** By its id, {@code fs-…}. */
    record Id(String id) implements FileSystemName {}

    /** By its Name tag, {@code name:…}. */
    record Named(String name) implements FileSystemName {}

    /**
     * An S3 Files file system by its ARN, {@code arn:aws:s3files:…:file-system/fs-…} (pattern
     * {@code FileSystemArn} of the S3 Files API).
     */
    record S3Files(String arn) implements FileSystemName {}

    /** Not at all: the stack's parameter DefaultFileSystem names it. */
    record Default() implements FileSystemName {}

    /**
     * The name in the text of a word or parameter.
     *
     * @param field what a refusal is about
     */
    static Result<FileSystemName> parse(String field, String text) {
        if (text.matches("fs-[0-9a-f]{8,40}")) {
            return Result.ok(new Id(text));
        }
        if (text.startsWith("name:") && text.length() > "name:".length()) {
            return Result.ok(new Named(text.substring("name:".length())));
        }
        if (text.matches("arn:aws[-a-z]*:s3files:[0-9a-z:-]+:file-system/fs-[0-9a-f]{17,40}")) {
            return Result.ok(new S3Files(text));
        }
        return Result.refused(
                Refusal.invalid(
                        field,
                        "'" + text + "' is no file system",
                        "write its id, fs-0123456789abcdef0, or its Name tag, name:orders"));
    }
}
