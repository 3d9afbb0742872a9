package dev.efsautopilot.role;

import java.util.List;

/** Whether a volume may be mounted, by the task role or by nobody in particular. */
public sealed interface MountPermission {

    /**
     * It may.
     *
     * @param why what allows it
     */
    record Given(String why) implements MountPermission {}

    /**
     * It may not.
     *
     * @param actions what is not allowed
     * @param why what denies it, or who lacks it
     * @param repair what a person does about it
     */
    record Refused(List<String> actions, String why, String repair) implements MountPermission {}

    /**
     * It can't be told.
     *
     * @param why what is in the way
     */
    record Unclear(String why) implements MountPermission {}
}
