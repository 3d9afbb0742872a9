package dev.efsautopilot.role;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What came of looking whether a role may mount a volume. */
public sealed interface RoleFinding {

    /** What is mounted. */
    RoleMount mount();

    /** It may. */
    record Allowed(RoleMount mount) implements RoleFinding {}

    /**
     * Nothing allows it.
     *
     * @param actions what is not allowed
     * @param remedy what a person has to do
     */
    record Missing(RoleMount mount, List<String> actions, String remedy) implements RoleFinding {

        /** The statement that allows all that the mount needs, in the form of a policy. */
        public JsonNode statement() {
            return mount.statement();
        }
    }

    /**
     * Something denies it, which no further statement can change.
     *
     * @param actions what is denied
     * @param by what denies it
     */
    record Denied(RoleMount mount, List<String> actions, String by) implements RoleFinding {}

    /**
     * It can't be told.
     *
     * @param why what is in the way
     */
    record NotChecked(RoleMount mount, String why) implements RoleFinding {}
}
