package dev.efsautopilot.local.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A statement of an identity-based policy.
 *
 * @param sid its name, empty where it has none
 * @param allows false for a Deny
 * @param actions with wildcards; their case does not count
 * @param resources with wildcards
 * @param conditions all must hold
 */
public record Statement(
        String sid,
        boolean allows,
        List<String> actions,
        List<String> resources,
        List<Condition> conditions) {

    /**
     * A way in which a statement allows a request.
     *
     * @param sid the statement
     * @param action as the statement writes it
     * @param resource as the statement writes it
     */
    public record Grant(String sid, String action, String resource) {}

    /** The first action and the first resource of this statement that are the request's. */
    Optional<Grant> covers(Access access) {
        var action = access.action().toLowerCase(Locale.ROOT);
        for (var wanted : actions) {
            if (Wildcards.match(wanted.toLowerCase(Locale.ROOT), action)) {
                return resources.stream()
                        .filter(resource -> Wildcards.match(resource, access.resource()))
                        .findFirst()
                        .filter(_ -> conditions.stream().allMatch(it -> it.holds(access)))
                        .map(resource -> new Grant(sid, wanted, resource));
            }
        }
        return Optional.empty();
    }
}
