package dev.efsautopilot.clustermap;

import static java.util.stream.Collectors.groupingBy;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.Ec2;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.clustermap.ClusterStorage.Store;
import dev.efsautopilot.clustermap.ClusterStorage.User;
import dev.efsautopilot.network.Doors;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.task.EfsVolume;
import dev.efsautopilot.task.Task;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads the storage of a cluster, each thing once however many tasks use it: two calls for a
 * hundred tasks, one for each of their task definitions, one for a hundred network interfaces, two
 * for each file system and one for each mount target and access point, one for all rules.
 */
public final class ClusterReader {

    /** API Gateway waits for 29 seconds: this is read in half of them. */
    private static final int MOST_TASKS = 500;

    private static final int MOST_REVISIONS = 100;

    private final Ecs ecs;
    private final Efs efs;
    private final Ec2 ec2;
    private final NfsReader reader;
    private final String stack;

    /**
     * On these services of AWS.
     *
     * @param stack the stack's name
     */
    public ClusterReader(Ecs ecs, Efs efs, Ec2 ec2, String stack) {
        this.ecs = ecs;
        this.efs = efs;
        this.ec2 = ec2;
        this.reader = new NfsReader(ecs, efs, ec2);
        this.stack = stack;
    }

    /**
     * The storage of the tasks that are to run.
     *
     * @param cluster name or ARN
     * @return empty where there is no such cluster
     */
    public Optional<ClusterStorage> of(String cluster) {
        return ecs.clusters()
                .runningTasks(cluster, MOST_TASKS + 1)
                .map(tasks -> storage(cluster, tasks));
    }

    private ClusterStorage storage(String cluster, List<Task> all) {
        var volumes = new HashMap<String, List<EfsVolume>>();
        all.stream()
                .map(Task::taskDefinitionArn)
                .distinct()
                .limit(MOST_REVISIONS)
                .forEach(arn -> volumes.put(arn, volumes(arn)));
        var tasks =
                all.stream()
                        .limit(MOST_TASKS)
                        .filter(task -> volumes.containsKey(task.taskDefinitionArn()))
                        .toList();
        var using = tasks.stream().filter(task -> !volumes(volumes, task).isEmpty()).toList();
        var places = reader.clients(using);
        var users = using.stream().map(task -> user(task, volumes, places)).toList();
        var stores = stores(users.stream().flatMap(user -> user.volumes().stream()).toList());
        return new ClusterStorage(
                cluster,
                users,
                stores,
                doors(places.values(), stores),
                tasks.size() - using.size(),
                tasks.size() < all.size(),
                stack);
    }

    private static User user(
            Task task, Map<String, List<EfsVolume>> volumes, Map<String, NfsClient> places) {
        var arn = task.taskDefinitionArn();
        return new User(
                task,
                arn.substring(arn.lastIndexOf('/') + 1),
                volumes(volumes, task),
                Optional.ofNullable(places.get(task.arn())));
    }

    private static List<EfsVolume> volumes(Map<String, List<EfsVolume>> volumes, Task task) {
        return volumes.getOrDefault(task.taskDefinitionArn(), List.of());
    }

    private List<EfsVolume> volumes(String taskDefinition) {
        return ecs.taskDefinitions()
                .find(taskDefinition)
                .map(described -> EfsVolume.of(described.path("taskDefinition")))
                .orElse(List.of());
    }

    private List<Store> stores(List<EfsVolume> volumes) {
        return volumes.stream()
                .collect(groupingBy(EfsVolume::fileSystemId, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(one -> store(one.getKey(), one.getValue()))
                .toList();
    }

    private Store store(String id, List<EfsVolume> volumes) {
        var found = efs.fileSystems().find(id);
        var targets = efs.mountTargets();
        var sides =
                found.isEmpty()
                        ? List.<MountTargetSide>of()
                        : targets.of(id).stream()
                                .map(one -> new MountTargetSide(one, targets.securityGroups(one)))
                                .toList();
        return new Store(id, found, sides, accessPoints(volumes));
    }

    private List<AccessPoint> accessPoints(List<EfsVolume> volumes) {
        return volumes.stream()
                .flatMap(volume -> volume.accessPointId().stream())
                .distinct()
                .sorted()
                .flatMap(id -> efs.accessPoints().find(id).stream())
                .toList();
    }

    private Doors doors(Collection<NfsClient> places, List<Store> stores) {
        var groups = new TreeSet<String>();
        places.forEach(place -> groups.addAll(place.securityGroups()));
        stores.stream()
                .flatMap(store -> store.targets().stream())
                .forEach(target -> groups.addAll(target.securityGroups()));
        return new Doors(groups.isEmpty() ? List.of() : ec2.securityRules().of(groups));
    }
}
