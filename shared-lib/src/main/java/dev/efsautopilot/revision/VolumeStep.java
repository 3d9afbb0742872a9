package dev.efsautopilot.revision;

import dev.efsautopilot.plan.Step;
import dev.efsautopilot.storage.AccessPointWish;
import java.util.List;

/** What is done so that a task definition has its volumes, in this order. */
public sealed interface VolumeStep extends Step {

    /** Makes an access point, or finds the one that was made for the same wish. */
    record CreateAccessPoint(AccessPointWish wish, String why) implements VolumeStep {}

    /**
     * Registers the revision with the volumes.
     *
     * @param source {@code family:revision} of what it is a copy of
     * @param volumes the names of the volumes that it gets
     */
    record RegisterRevision(String source, List<String> volumes, String why)
            implements VolumeStep {}

    /**
     * Says on the source revision where its volumes are.
     *
     * @param left the ARNs of the services that are left on it, although they should be moved
     */
    record TagRevision(String source, List<String> left, String why) implements VolumeStep {}

    /** Points a service at the revision with the volumes. */
    record MoveWorkload(String arn, String why) implements VolumeStep {}

    /** Leaves a service where it is, although it should be moved. */
    record LeaveWorkload(String arn, String why) implements VolumeStep {}
}
