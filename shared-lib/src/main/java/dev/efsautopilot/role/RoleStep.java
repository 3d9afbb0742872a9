package dev.efsautopilot.role;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.plan.Step;

/** What is done so that a role may mount a volume. */
public sealed interface RoleStep extends Step {

    /**
     * Puts an inline policy with one statement in a role.
     *
     * @param role its name
     * @param policy the policy's name
     * @param statement what it allows
     */
    record GrantMount(String role, String policy, JsonNode statement, String why)
            implements RoleStep {}

    /**
     * Says on the source revision what the role lacks, or that it lacks nothing any more.
     *
     * @param source {@code family:revision}
     * @param status the text of the tag
     */
    record TellStatus(String source, String status, String why) implements RoleStep {}
}
