package dev.efsautopilot.network;

import dev.efsautopilot.function.Settings;

/**
 * What the stack's parameters allow.
 *
 * @param stackName who makes the rules, which their tag says
 * @param manageEgress whether a task's group may be opened to the outside
 * @param createMountTargets whether a zone without a mount target gets one
 */
public record NfsPolicy(String stackName, boolean manageEgress, boolean createMountTargets) {

    /** The policy in these settings. */
    public static NfsPolicy of(Settings settings) {
        return new NfsPolicy(
                settings.stackName(), settings.manageEgress(), settings.createMountTargets());
    }
}
