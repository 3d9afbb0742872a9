package dev.efsautopilot.sweep;

import dev.efsautopilot.plan.Step;

/** What a sweep removes. Everything else that it does is a step of whoever does it at once. */
sealed interface SweepStep extends Step {

    /**
     * Deregisters a revision of ours that another one has made superfluous.
     *
     * @param revision {@code family:revision}
     * @param kept the {@code family:revision} that says the same
     */
    record WithdrawRevision(String revision, String kept, String why) implements SweepStep {}

    /**
     * Revokes a rule of ours that lets nobody through.
     *
     * @param rule {@code sgr-…}
     * @param group the group that has it
     */
    record RevokeRule(String rule, String group, String why) implements SweepStep {}

    /**
     * Deletes an access point of ours; its directory and all data in it stay.
     *
     * @param accessPoint {@code fsap-…}
     * @param fileSystem {@code fs-…}
     * @param path the directory that it showed
     */
    record DeleteAccessPoint(String accessPoint, String fileSystem, String path, String why)
            implements SweepStep {}
}
