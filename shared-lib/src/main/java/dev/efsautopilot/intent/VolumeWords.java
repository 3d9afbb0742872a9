package dev.efsautopilot.intent;

import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of one volume tag, told apart and not yet understood.
 *
 * @param tag the tag's key
 * @param words the words that can be there once
 * @param mounts where it is mounted, as written
 */
record VolumeWords(String tag, Map<String, String> words, List<String> mounts) {

    private static final Set<String> KNOWN =
            Set.of("fs", "path", "uid", "gid", "gids", "mode", "iam", "access-point");

    static Result<VolumeWords> parse(String tag, String value) {
        var words = new HashMap<String, String>();
        var mounts = new ArrayList<String>();
        for (var word : value.strip().split("\\s+", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            var refusal = put(tag, word, words, mounts);
            if (refusal.isPresent()) {
                return Result.refused(refusal.get());
            }
        }
        return Result.ok(new VolumeWords(tag, Map.copyOf(words), List.copyOf(mounts)));
    }

    private static Optional<Refusal> put(
            String tag, String word, Map<String, String> words, List<String> mounts) {
        var equals = word.indexOf('=');
        if (equals < 1 || equals == word.length() - 1) {
            return Optional.of(
                    Refusal.invalid(
                            tag + ": " + word,
                            "is no word with a value",
                            "write name=value, as uid=1000"));
        }
        var name = word.substring(0, equals);
        var text = word.substring(equals + 1);
        if (name.equals("mount")) {
            mounts.add(text);
            return Optional.empty();
        }
        if (!KNOWN.contains(name)) {
            return Optional.of(
                    Refusal.invalid(
                            tag + ": " + name,
                            "is no word of this tag",
                            "use fs, mount, path, uid, gid, gids, mode, iam or access-point"));
        }
        return words.put(name, text) == null
                ? Optional.empty()
                : Optional.of(
                        Refusal.invalid(tag + ": " + name, "is there twice", "write it once"));
    }

    Result<VolumeIntent> intent(String volume) {
        return fileSystem()
                .then(fileSystem ->
                        Result.all(
                                        mounts.stream()
                                                .map(text ->
                                                        MountIntent.parse(field("mount"), text))
                                                .toList())
                                .then(places ->
                                        new BackingWords(tag, words)
                                                .of(fileSystem)
                                                .then(backing ->
                                                        iam().then(iam ->
                                                                Result.ok(
                                                                        new VolumeIntent(
                                                                                volume,
                                                                                fileSystem,
                                                                                places,
                                                                                backing,
                                                                                iam))))));
    }

    private Result<FileSystemName> fileSystem() {
        var text = words.get("fs");
        return text == null
                ? Result.ok(new FileSystemName.Default())
                : FileSystemName.parse(field("fs"), text);
    }

    private Result<VolumeIntent.Iam> iam() {
        return switch (words.getOrDefault("iam", "")) {
            case "" -> Result.ok(VolumeIntent.Iam.WITH_TASK_ROLE);
            case "on" -> Result.ok(VolumeIntent.Iam.ON);
            case "off" -> Result.ok(VolumeIntent.Iam.OFF);
            case String other ->
                    Result.refused(
                            Refusal.invalid(
                                    field("iam"),
                                    "'" + other + "' is not on or off",
                                    "write iam=on or iam=off"));
        };
    }

    private String field(String word) {
        return tag + ": " + word;
    }
}
