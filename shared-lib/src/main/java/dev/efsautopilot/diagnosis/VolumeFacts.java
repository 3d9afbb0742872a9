package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.NetworkAcl;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.task.EfsVolume;
import java.util.List;
import java.util.Optional;

/**
 * What a volume is mounted from.
 *
 * @param volume the volume as the task definition declares it
 * @param fileSystem its file system; empty where there is none
 * @param target the mount target in the task's zone; empty where there is none
 * @param accessPoint its access point; empty where there is none, or the volume names none
 * @param acls the network ACLs of the task's and of the mount target's subnet
 */
public record VolumeFacts(
        EfsVolume volume,
        Fact<Optional<FileSystem>> fileSystem,
        Fact<Optional<MountTargetSide>> target,
        Fact<Optional<AccessPoint>> accessPoint,
        Fact<List<NetworkAcl>> acls) {}
