package dev.efsautopilot.intent;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.List;

/**
 * A directory on a file system: absolute, no empty level, no trailing slash. Its limits are those
 * of the pattern of {@code Path} in the EFS API's {@code RootDirectory}: at most 100 characters, at
 * most four levels below the root, no level that begins with a dot, none of {@code $#<>;`|&?{}^*}.
 *
 * @param levels the directories from the root down; none for the root itself
 */
public record EfsPath(List<String> levels) {

    private static final int LONGEST = 100;
    private static final int DEEPEST = 4;

    /** Everything that the API forbids within a level, control characters among them. */
    private static final String LEVEL = "[^$#<>;`|&?{}^*/\\p{Cntrl}]+";

    /** Keeps a copy of the levels. */
    public EfsPath {
        levels = List.copyOf(levels);
    }

    /**
     * The path in a text, which is refused where EFS would refuse it.
     *
     * @param field what a refusal is about
     */
    public static Result<EfsPath> parse(String field, String text) {
        if (!text.startsWith("/")) {
            return refused(
                    field, text, "does not begin with /", "write it from the root, as /data");
        }
        var levels = text.equals("/") ? List.<String>of() : below(text);
        if (levels.contains("")) {
            return refused(
                    field,
                    text,
                    "has // or a / at its end",
                    "write one / before each level and none after the last, as /data/orders");
        }
        if (levels.stream().anyMatch(level -> level.startsWith("."))) {
            return refused(
                    field, text, "has a level that begins with a dot", "name each level plainly");
        }
        if (!levels.stream().allMatch(level -> level.matches(LEVEL))) {
            return refused(
                    field,
                    text,
                    "has a character that EFS forbids in paths",
                    "leave out $#<>;`|&?{}^* and control characters");
        }
        if (levels.size() > DEEPEST) {
            return refused(
                    field,
                    text,
                    "is deeper than the four levels that EFS allows",
                    "use fewer levels");
        }
        var path = new EfsPath(levels);
        return path.text().length() > LONGEST
                ? refused(
                        field,
                        text,
                        "is longer than the 100 characters that EFS allows",
                        "write a shorter path=")
                : Result.ok(path);
    }

    private static List<String> below(String text) {
        return List.of(text.substring(1).split("/", -1));
    }

    /** Whether it is this directory or inside it, by whole levels: /database is not in /data. */
    public boolean isInside(EfsPath directory) {
        return levels.size() >= directory.levels.size()
                && levels.subList(0, directory.levels.size()).equals(directory.levels);
    }

    /** The path as EFS takes it. */
    @JsonValue
    public String text() {
        return "/" + String.join("/", levels);
    }

    @Override
    public String toString() {
        return text();
    }

    private static Result<EfsPath> refused(
            String field, String text, String problem, String remedy) {
        return Result.refused(Refusal.invalid(field, "'" + text + "' " + problem, remedy));
    }
}
