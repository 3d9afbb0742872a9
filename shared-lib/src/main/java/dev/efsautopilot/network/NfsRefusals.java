package dev.efsautopilot.network;

import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.S3Files;
import dev.efsautopilot.plan.Refusal;
import java.util.List;

/** Why a way is not opened, in words for whoever has to do something first. */
final class NfsRefusals {

    private NfsRefusals() {}

    static Refusal noFileSystem(String id) {
        return Refusal.notFound(
                id,
                "there is no such file system in this account and region",
                "correct fileSystemId in the task definition");
    }

    static Refusal notAllowed(String id) {
        return Refusal.forbidden(
                id,
                "its owner did not opt in",
                S3Files.names(id)
                        ? "add it to the stack's parameter S3FileSystems"
                        : "tag the file system with "
                                + FileSystem.ALLOW
                                + ", e.g. with the value /");
    }

    static Refusal otherVpc(String id, String vpcId) {
        return Refusal.conflict(
                id,
                "its mount targets are in another VPC than the task, "
                        + vpcId
                        + ", and no active peering connection of this region joins the two",
                "run the task in the VPC of the mount targets, or peer the two; where a transit"
                        + " gateway joins them, open TCP 2049 yourself");
    }

    static Refusal oneZone(String id, String zone, String taskZone) {
        return Refusal.conflict(
                id,
                "it is a One Zone file system of " + zone + ", and the task is in " + taskZone,
                "run the task in a subnet of " + zone);
    }

    static Refusal noMountTarget(String id, String zone, String subnetId) {
        var create =
                "create-mount-target --file-system-id %s --subnet-id %s".formatted(id, subnetId);
        return Refusal.notFound(
                id,
                "it has no mount target in " + zone,
                S3Files.names(id)
                        ? "aws s3files " + create
                        : "aws efs "
                                + create
                                + ", or set the stack's parameter CreateMountTargets");
    }

    static Refusal noGroups(String mountTargetId) {
        return Refusal.conflict(
                mountTargetId,
                "it or the task has no security group",
                "give both sides a security group");
    }

    static Refusal closedEgress(List<String> groups) {
        return Refusal.conflict(
                String.join(" ", groups),
                "no rule lets TCP 2049 out to the mount target",
                "add one, or set the stack's parameter ManageEgress");
    }

    static Refusal full(List<String> groups) {
        return Refusal.conflict(
                String.join(" ", groups),
                "they have all the rules that the quota allows, and a mount target takes no more"
                        + " than five groups",
                "raise the VPC quota \"Inbound or outbound rules per security group\" (L-0EA8095F),"
                        + " or remove rules that are no longer used");
    }

    static Refusal notOurs(String group, String name) {
        return Refusal.conflict(
                group,
                "it has the name " + name + " and was not made by this software",
                "rename it, or make room in the mount target's own groups");
    }

    static Refusal gone(String group) {
        return Refusal.notFound(
                group,
                "it, or the group of the other side, is gone or belongs to another account",
                "give the mount target and the task groups of this account and VPC");
    }

    static Refusal leftAlone(String group, String peer) {
        return Refusal.conflict(
                group,
                "somebody revoked NFS between it and "
                        + peer
                        + ", or replaced the mount target's groups, again, so it is left alone for"
                        + " an hour",
                "stop whatever removes the rule, or open TCP 2049 yourself");
    }
}
