package dev.efsautopilot.local.policy;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One permission that a call needs; a call may need several.
 *
 * @param action as policies write it, such as {@code ecs:RunTask}
 * @param resource the ARN that the service authorizes it for; {@code *} where it names none
 * @param context the request's condition keys with their values; what is not in it is absent
 * @param tags the tags that the resource has, read only where a condition asks for them
 */
public record Access(
        String action,
        String resource,
        Map<String, List<String>> context,
        Supplier<Map<String, String>> tags) {

    private static final String RESOURCE_TAG = "aws:ResourceTag/";

    static Access to(String action, String resource, Map<String, List<String>> context) {
        return new Access(action, resource, context, Map::of);
    }

    /** The values of a condition key, none where the request does not have it. */
    List<String> values(String key) {
        if (key.startsWith(RESOURCE_TAG)) {
            var value = tags.get().get(key.substring(RESOURCE_TAG.length()));
            return value == null ? List.of() : List.of(value);
        }
        return context.getOrDefault(key, List.of());
    }

    @Override
    public String toString() {
        return action + " on " + resource + " with " + context;
    }
}
