package dev.efsautopilot.local.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.local.status.Storage.Use;
import dev.efsautopilot.task.EfsVolume;
import dev.efsautopilot.task.S3FilesVolume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads from ECS who runs, and from EFS what they mount. What is asked once is not asked again.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html">Volume</a>
 */
public final class StorageReader {

    private final Ecs ecs;
    private final Efs efs;
    private final Map<String, JsonNode> definitions = new HashMap<>();
    private final Map<String, Optional<AccessPoint>> accessPoints = new HashMap<>();

    /** Reads these services. */
    public StorageReader(Ecs ecs, Efs efs) {
        this.ecs = ecs;
        this.efs = efs;
    }

    /**
     * The storage of running tasks and of services.
     *
     * @param wanted names or ARNs of clusters; all of the region's where there is none
     * @param progress hears what is being read
     * @throws NoSuchElementException naming a cluster that is wanted and not there
     */
    public List<Storage> read(List<String> wanted, Consumer<String> progress) {
        var runs = runs(clusters(wanted), progress);
        var uses = new TreeMap<String, List<Use>>();
        for (var run : runs) {
            progress.accept("reading " + last(run.definition()));
            mounted(run, uses);
        }
        return uses.entrySet().stream()
                .map(entry -> storage(entry.getKey(), entry.getValue()))
                .toList();
    }

    private List<String> clusters(List<String> wanted) {
        var all = ecs.clusters().arns();
        if (wanted.isEmpty()) {
            return all;
        }
        var names = all.stream().map(StorageReader::last).toList();
        wanted.stream()
                .filter(cluster -> !names.contains(last(cluster)))
                .findFirst()
                .ifPresent(cluster -> {
                    throw new NoSuchElementException("there is no cluster " + cluster);
                });
        return wanted;
    }

    private List<Run> runs(List<String> clusters, Consumer<String> progress) {
        var runs = new TreeMap<String, Run>();
        for (var cluster : clusters) {
            var name = last(cluster);
            progress.accept("reading the tasks of " + name);
            ecs.clusters()
                    .tasks(cluster, "RUNNING")
                    .forEach(task ->
                            runs.merge(
                                    name + " " + task.taskDefinitionArn(),
                                    new Run(task.taskDefinitionArn(), name, 1, List.of()),
                                    Run::and));
        }
        progress.accept("reading the services");
        var names = clusters.stream().map(StorageReader::last).toList();
        for (var workload : ecs.workloads().all()) {
            var name = last(workload.clusterArn());
            if (names.contains(name) && !workload.taskDefinition().isEmpty()) {
                runs.merge(
                        name + " " + workload.taskDefinition(),
                        new Run(workload.taskDefinition(), name, 0, List.of(last(workload.arn()))),
                        Run::and);
            }
        }
        return List.copyOf(runs.values());
    }

    private JsonNode definition(String arn) {
        return definitions.computeIfAbsent(
                arn,
                it ->
                        ecs.taskDefinitions()
                                .find(it)
                                .map(found -> found.path("taskDefinition"))
                                .orElse(MissingNode.getInstance()));
    }

    private void mounted(Run run, Map<String, List<Use>> uses) {
        var definition = definition(run.definition());
        for (var volume : EfsVolume.of(definition)) {
            var path =
                    volume.accessPointId()
                            .map(id -> accessPoint(id).map(it -> it.root().path()).orElse(""))
                            .orElse(volume.rootDirectory());
            var use = run.use(volume.accessPointId().orElse(""), path, volume.name());
            add(uses, volume.fileSystemId(), use);
        }
        for (var volume : S3FilesVolume.of(definition)) {
            var accessPoint = volume.accessPointArn().orElse("");
            add(
                    uses,
                    volume.fileSystemArn(),
                    run.use(accessPoint, volume.rootDirectory(), volume.name()));
        }
    }

    private static void add(Map<String, List<Use>> uses, String fileSystem, Use use) {
        uses.computeIfAbsent(fileSystem, _ -> new ArrayList<>()).add(use);
    }

    private Optional<AccessPoint> accessPoint(String id) {
        return accessPoints.computeIfAbsent(id, efs.accessPoints()::find);
    }

    private Storage storage(String id, List<Use> uses) {
        var known =
                id.startsWith("fs-") ? efs.fileSystems().find(id) : Optional.<FileSystem>empty();
        uses.sort(Comparator.comparing(Use::accessPoint).thenComparing(Use::taskDefinition));
        return new Storage(
                id,
                known.map(found -> found.tags().getOrDefault("Name", "")).orElse(""),
                known.flatMap(FileSystem::allow).orElse(""),
                List.copyOf(uses));
    }

    private static String last(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** What runs of one task definition in one cluster. */
    private record Run(String definition, String cluster, long tasks, List<String> services) {

        Run and(Run other) {
            var all = new ArrayList<>(services);
            all.addAll(other.services());
            return new Run(definition, cluster, tasks + other.tasks(), List.copyOf(all));
        }

        Use use(String accessPoint, String path, String volume) {
            return new Use(accessPoint, path, last(definition), volume, cluster, tasks, services);
        }
    }
}
