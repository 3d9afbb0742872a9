package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A revision of our own, made from a source revision. */
final class Derivation {

    /** ECS's limit. */
    private static final int MOST_TAGS = 50;

    /** What is said about the source is not so of what is made from it. */
    private static final Set<String> OF_THE_SOURCE =
            Set.of(Revision.DERIVED, Revision.STATUS, Revision.RERUN_STATUS);

    private Derivation() {}

    /** The tags of what is made from a source: the source's own, and whose it is. */
    static Result<Map<String, String>> tags(Revision source, String stack) {
        var tags = new TreeMap<>(source.tags());
        tags.keySet().removeIf(key -> key.startsWith("aws:") || OF_THE_SOURCE.contains(key));
        tags.put(Revision.SOURCE, source.name());
        tags.put(Revision.MANAGED, stack);
        return tags.size() <= MOST_TAGS
                ? Result.ok(tags)
                : Result.refused(
                        Refusal.conflict(
                                source.name() + ": tags",
                                "with two of ours a new revision would have more than 50",
                                "take tags away from the task definition"));
    }

    /** Whether a revision was made from this source, says this, and can be used. */
    static boolean isOf(Revision source, Revision derived, ObjectNode definition) {
        return derived.active()
                && derived.source().filter(source.name()::equals).isPresent()
                && AttachVolumes.same(derived.copy(), definition);
    }

    /** What RegisterTaskDefinition takes. */
    static ObjectNode request(ObjectNode definition, Map<String, String> tags) {
        var request = definition.deepCopy();
        var list = request.putArray("tags");
        tags.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
        return request;
    }
}
