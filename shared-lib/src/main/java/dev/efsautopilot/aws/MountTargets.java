package dev.efsautopilot.aws;

import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.IncorrectMountTargetStateException;
import software.amazon.awssdk.services.efs.model.MountTargetConflictException;
import software.amazon.awssdk.services.efs.model.MountTargetDescription;
import software.amazon.awssdk.services.efs.model.MountTargetNotFoundException;
import software.amazon.awssdk.services.efs.model.NoFreeAddressesInSubnetException;
import software.amazon.awssdk.services.efs.model.UnsupportedAvailabilityZoneException;

/** Where file systems can be mounted from, and the security groups that guard it. */
public final class MountTargets {

    private final Supplier<EfsClient> client;

    MountTargets(Supplier<EfsClient> client) {
        this.client = client;
    }

    /** Where a file system can be mounted from: at most one a zone. */
    public List<MountTarget> of(String fileSystemId) {
        return client
                .get()
                .describeMountTargetsPaginator(r -> r.fileSystemId(fileSystemId))
                .mountTargets()
                .stream()
                .map(MountTargets::mountTarget)
                .toList();
    }

    /** The mount target with this id. */
    public Optional<MountTarget> find(String id) {
        try {
            return client
                    .get()
                    .describeMountTargets(r -> r.mountTargetId(id))
                    .mountTargets()
                    .stream()
                    .findFirst()
                    .map(MountTargets::mountTarget);
        } catch (MountTargetNotFoundException _) {
            return Optional.empty();
        }
    }

    /** The ids of a mount target's security groups: at most five. */
    public List<String> securityGroups(MountTarget mountTarget) {
        return client.get()
                .describeMountTargetSecurityGroups(r -> r.mountTargetId(mountTarget.id()))
                .securityGroups();
    }

    /**
     * Replaces all security groups of a mount target.
     *
     * @throws NotYet where the mount target is just changing
     */
    public void replaceSecurityGroups(MountTarget mountTarget, List<String> securityGroups) {
        try {
            client.get()
                    .modifyMountTargetSecurityGroups(
                            r -> r.mountTargetId(mountTarget.id()).securityGroups(securityGroups));
        } catch (IncorrectMountTargetStateException _) {
            throw new NotYet("mount target " + mountTarget.id() + " is not available");
        }
    }

    /**
     * Creates a mount target ({@code CreateMountTarget}), unless the zone has one already ({@code
     * MountTargetConflict}). It takes about 90 seconds to become available.
     *
     * @return why there can't be one; empty where it is being made
     */
    public Optional<Refusal> create(
            String fileSystemId, String subnetId, List<String> securityGroups) {
        try {
            client.get()
                    .createMountTarget(r ->
                            r.fileSystemId(fileSystemId)
                                    .subnetId(subnetId)
                                    .securityGroups(securityGroups));
            return Optional.empty();
        } catch (MountTargetConflictException _) {
            return Optional.empty();
        } catch (NoFreeAddressesInSubnetException _) {
            return Optional.of(
                    Refusal.conflict(
                            subnetId,
                            "it has no free address for a mount target of " + fileSystemId,
                            "create the mount target in another subnet of the zone"));
        } catch (UnsupportedAvailabilityZoneException _) {
            return Optional.of(
                    Refusal.conflict(
                            subnetId,
                            "EFS has no mount targets in its zone",
                            "run the task in another zone"));
        }
    }

    private static MountTarget mountTarget(MountTargetDescription described) {
        return new MountTarget(
                described.mountTargetId(),
                described.fileSystemId(),
                described.lifeCycleStateAsString(),
                described.availabilityZoneName(),
                described.vpcId(),
                described.subnetId(),
                Objects.requireNonNullElse(described.networkInterfaceId(), ""),
                Objects.requireNonNullElse(described.ipAddress(), ""),
                Objects.requireNonNullElse(described.ipv6Address(), ""));
    }
}
