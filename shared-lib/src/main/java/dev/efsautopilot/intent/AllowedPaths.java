package dev.efsautopilot.intent;

import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.Arrays;
import java.util.List;

/**
 * What the owner of a file system lets tasks have: the tag {@code efs-autopilot/allow}.
 *
 * @param prefixes directories; what is in one of them is allowed
 */
public record AllowedPaths(List<EfsPath> prefixes) {

    /** Keeps a copy of the prefixes. */
    public AllowedPaths {
        prefixes = List.copyOf(prefixes);
    }

    /**
     * The prefixes in the tag's value, separated by spaces.
     *
     * @param field what a refusal is about
     */
    public static Result<AllowedPaths> parse(String field, String value) {
        var words = Arrays.stream(value.strip().split("\\s+")).filter(w -> !w.isEmpty()).toList();
        if (words.isEmpty()) {
            return Result.refused(
                    Refusal.forbidden(field, "names no path", "name prefixes, as /apps /shared"));
        }
        return Result.all(words.stream().map(word -> EfsPath.parse(field, word)).toList())
                .then(prefixes -> Result.ok(new AllowedPaths(prefixes)));
    }

    /** Whether tasks may have this directory. */
    public boolean allows(EfsPath path) {
        return prefixes.stream().anyMatch(path::isInside);
    }
}
