package dev.efsautopilot.intent;

import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a volume is mounted: the word {@code mount=container:/path[:ro]}.
 *
 * @param container its name; empty for the only essential container
 * @param path the directory in the container, absolute, without a trailing slash
 * @param readOnly whether the container only reads
 */
public record MountIntent(Optional<String> container, String path, boolean readOnly) {

    private static final Pattern WORD =
            Pattern.compile("(?:(?<container>[A-Za-z0-9_-]{1,255}):)?(?<path>/[^:]*)(?<ro>:ro)?");

    /**
     * The mount in a word's value.
     *
     * @param field what a refusal is about
     */
    static Result<MountIntent> parse(String field, String text) {
        var match = WORD.matcher(text);
        if (!match.matches()) {
            return Result.refused(
                    Refusal.invalid(
                            field,
                            "'" + text + "' is no container with an absolute path",
                            "write container:/path, container:/path:ro or /path"));
        }
        var path = match.group("path").replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
        if (path.equals("/") || (path + "/").contains("/../") || (path + "/").contains("/./")) {
            return Result.refused(
                    Refusal.invalid(
                            field,
                            "'" + path + "' can't be mounted on",
                            "name a directory below /, without . and .."));
        }
        return Result.ok(
                new MountIntent(
                        Optional.ofNullable(match.group("container")),
                        path,
                        match.group("ro") != null));
    }
}
