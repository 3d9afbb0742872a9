package dev.efsautopilot.intent;

import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that say what of a file system a volume shows.
 *
 * @param tag the tag's key
 * @param words its words
 */
record BackingWords(String tag, Map<String, String> words) {

    private static final String ID = "fsap-[0-9a-f]{8,40}";

    /** What these words mean for this file system. */
    Result<Backing> of(FileSystemName fileSystem) {
        return switch (fileSystem) {
            case FileSystemName.S3Files(var arn) -> s3(arn);
            case FileSystemName.Id _, FileSystemName.Named _, FileSystemName.Default _ -> efs();
        };
    }

    private Result<Backing> efs() {
        return switch (word("access-point")) {
            case "" ->
                    Owner.parse(tag, words)
                            .then(owner ->
                                    Result.ok(
                                            new Backing.NewAccessPoint(
                                                    path(PathTemplate.DEFAULT), owner)));
            case "none" ->
                    without(Owner.WORDS, "access-point=none")
                            .then(_ ->
                                    Result.ok(
                                            new Backing.PlainDirectory(
                                                    path(PathTemplate.DEFAULT))));
            case String id when id.matches(ID) ->
                    without(withPath(), "access-point=" + id)
                            .then(_ -> Result.ok(new Backing.GivenAccessPoint(id)));
            case String other -> noAccessPoint(other, "its id, fsap-0123456789abcdef0, or none");
        };
    }

    /** Nothing is made on S3 Files: what is to be mounted has to be named. */
    private Result<Backing> s3(String fileSystem) {
        return without(Owner.WORDS, "an S3 Files file system")
                .then(_ ->
                        word("iam").equals("off")
                                ? refused("iam", "is off: S3 Files takes no mount without it")
                                : Result.ok(word("access-point")))
                .then(accessPoint ->
                        switch (accessPoint) {
                            case "", "none" -> s3Directory(fileSystem);
                            case String id when id.matches(ID) ->
                                    s3AccessPoint(fileSystem, fileSystem + "/access-point/" + id);
                            case String arn when isOf(fileSystem, arn) ->
                                    s3AccessPoint(fileSystem, arn);
                            case String other ->
                                    noAccessPoint(
                                            other, "the id or the ARN of one of " + fileSystem);
                        });
    }

    private static boolean isOf(String fileSystem, String arn) {
        var prefix = fileSystem + "/access-point/";
        return arn.startsWith(prefix) && arn.substring(prefix.length()).matches(ID);
    }

    private Result<Backing> s3AccessPoint(String fileSystem, String arn) {
        return without(Set.of("path"), "access-point=" + word("access-point"))
                .then(_ ->
                        Result.ok(
                                new Backing.S3Files(
                                        fileSystem, Optional.of(arn), new PathTemplate("/"))));
    }

    private Result<Backing> s3Directory(String fileSystem) {
        return words.containsKey("path")
                ? Result.ok(
                        new Backing.S3Files(
                                fileSystem, Optional.empty(), path(PathTemplate.DEFAULT)))
                : Result.refused(
                        Refusal.invalid(
                                field("fs"),
                                "names S3 Files, where no access point is made",
                                "write access-point= with one that is there, or path= with a"
                                        + " directory"));
    }

    private PathTemplate path(PathTemplate absent) {
        return words.containsKey("path") ? new PathTemplate(word("path")) : absent;
    }

    private String word(String name) {
        return words.getOrDefault(name, "");
    }

    /** Words that say how an access point is made have no meaning where none is made. */
    private Result<String> without(Set<String> meaningless, String beside) {
        return meaningless.stream()
                .sorted()
                .filter(words::containsKey)
                .findFirst()
                .map(word -> this.<String>refused(word, "has no meaning beside " + beside))
                .orElseGet(() -> Result.ok(tag));
    }

    private static Set<String> withPath() {
        return Stream.concat(Stream.of("path"), Owner.WORDS.stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private <T> Result<T> refused(String word, String problem) {
        return Result.refused(Refusal.invalid(field(word), problem, "leave one of the two out"));
    }

    private Result<Backing> noAccessPoint(String text, String instead) {
        return Result.refused(
                Refusal.invalid(
                        field("access-point"),
                        "'" + text + "' is no access point of it",
                        "write " + instead));
    }

    private String field(String word) {
        return tag + ": " + word;
    }
}
