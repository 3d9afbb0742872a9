package dev.efsautopilot.clustermap;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.network.Doors;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.task.EfsVolume;
import dev.efsautopilot.task.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The storage of a cluster as it was read.
 *
 * @param cluster the cluster's ARN or name
 * @param users the tasks that mount from EFS
 * @param stores the file systems that they mount
 * @param doors the rules of the security groups of both sides
 * @param withoutStorage how many tasks mount nothing from EFS
 * @param more whether the cluster has more tasks than are looked at
 * @param stack the stack's name, by which its own access points are known
 */
public record ClusterStorage(
        String cluster,
        List<User> users,
        List<Store> stores,
        Doors doors,
        int withoutStorage,
        boolean more,
        String stack) {

    /**
     * A task that mounts from EFS.
     *
     * @param revision its task definition, {@code family:revision}
     * @param volumes what it mounts
     * @param place where it is; empty before it has a network interface
     */
    record User(Task task, String revision, List<EfsVolume> volumes, Optional<NfsClient> place) {}

    /**
     * A file system that is mounted.
     *
     * @param id its id
     * @param found the file system; empty where it is gone
     * @param targets its mount targets
     * @param accessPoints those that tasks of the cluster use
     */
    record Store(
            String id,
            Optional<FileSystem> found,
            List<MountTargetSide> targets,
            List<AccessPoint> accessPoints) {}

    /** What a caller gets. */
    public Map<String, ?> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("cluster", cluster);
        map.put("tasks", users.stream().map(this::task).toList());
        map.put("fileSystems", stores.stream().map(this::fileSystem).toList());
        map.put("tasksWithoutStorage", withoutStorage);
        map.put("more", more);
        return map;
    }

    private Map<String, ?> task(User user) {
        var map = new LinkedHashMap<String, Object>();
        map.put("task", user.task().id());
        map.put("taskDefinition", user.revision());
        map.put("group", user.task().group());
        map.put("status", user.task().lastStatus());
        user.place()
                .ifPresent(at -> {
                    map.put("availabilityZone", at.availabilityZone());
                    map.put("subnetId", at.subnetId());
                    map.put("securityGroups", at.securityGroups());
                });
        map.put("volumes", user.volumes().stream().map(one -> volume(user, one)).toList());
        return map;
    }

    private Map<String, ?> volume(User user, EfsVolume volume) {
        var map = new LinkedHashMap<String, Object>();
        map.put("volume", volume.name());
        map.put("fileSystemId", volume.fileSystemId());
        volume.accessPointId()
                .ifPresentOrElse(
                        id -> map.put("accessPointId", id),
                        () -> map.put("path", volume.rootDirectory()));
        var target = user.place().flatMap(at -> target(volume.fileSystemId(), at));
        target.ifPresent(side -> map.put("mountTargetId", side.target().id()));
        map.put("way", way(user, target, map));
        return map;
    }

    /** Open, closed, or why that can't be said; the rules that open it are put into the map. */
    private String way(User user, Optional<MountTargetSide> target, Map<String, Object> map) {
        if (user.place().isEmpty()) {
            return "unknown";
        }
        if (target.isEmpty()) {
            return "no-mount-target";
        }
        var out = doors.out(user.place().get(), target.get());
        var in = doors.in(user.place().get(), target.get());
        out.map(SecurityRule::id).ifPresent(id -> map.put("egressRule", id));
        in.map(SecurityRule::id).ifPresent(id -> map.put("ingressRule", id));
        return out.isPresent() && in.isPresent() ? "open" : "closed";
    }

    /** A mount goes to the mount target of the task's own zone. */
    private Optional<MountTargetSide> target(String fileSystemId, NfsClient at) {
        return stores.stream()
                .filter(store -> store.id().equals(fileSystemId))
                .flatMap(store -> store.targets().stream())
                .filter(side -> side.target().availabilityZone().equals(at.availabilityZone()))
                .findFirst();
    }

    private Map<String, ?> fileSystem(Store store) {
        var map = new LinkedHashMap<String, Object>();
        map.put("fileSystemId", store.id());
        map.put("state", store.found().map(FileSystem::state).orElse("missing"));
        store.found()
                .ifPresent(found -> {
                    Optional.ofNullable(found.tags().get("Name"))
                            .ifPresent(name -> map.put("name", name));
                    found.allow().ifPresent(allowed -> map.put("allowed", allowed));
                });
        map.put("mountTargets", store.targets().stream().map(ClusterStorage::target).toList());
        map.put("accessPoints", store.accessPoints().stream().map(this::accessPoint).toList());
        return map;
    }

    private static Map<String, ?> target(MountTargetSide side) {
        var target = side.target();
        return Map.of(
                "mountTargetId", target.id(),
                "availabilityZone", target.availabilityZone(),
                "subnetId", target.subnetId(),
                "ipAddress", target.ipAddress(),
                "state", target.state(),
                "securityGroups", side.securityGroups());
    }

    private Map<String, ?> accessPoint(AccessPoint accessPoint) {
        return Map.of(
                "accessPointId", accessPoint.id(),
                "path", accessPoint.root().path(),
                "uid", accessPoint.root().uid(),
                "gid", accessPoint.root().gid(),
                "state", accessPoint.state(),
                "managed", stack.equals(accessPoint.tags().get("efs-autopilot/managed")));
    }
}
