package dev.efsautopilot.intent;

import dev.efsautopilot.plan.Result;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A directory with places for names: {@code {family}} and {@code {volume}} anywhere. A tag value
 * can't hold braces, so a whole level can also be {@code @family} or {@code @volume}.
 *
 * @param text as it was written
 */
public record PathTemplate(String text) {

    /** A directory of its own for each volume of each family. */
    public static final PathTemplate DEFAULT = new PathTemplate("/{family}/{volume}");

    /**
     * The path with the names in their places.
     *
     * @param field what a refusal is about
     */
    public Result<EfsPath> fill(String field, String family, String volume) {
        var levels =
                Arrays.stream(text.split("/", -1))
                        .map(level -> named(level, family, volume))
                        .collect(Collectors.joining("/"));
        return EfsPath.parse(field, levels);
    }

    private static String named(String level, String family, String volume) {
        return switch (level) {
            case "@family" -> family;
            case "@volume" -> volume;
            case String other -> other.replace("{family}", family).replace("{volume}", volume);
        };
    }
}
