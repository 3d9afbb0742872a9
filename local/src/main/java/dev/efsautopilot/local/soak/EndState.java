package dev.efsautopilot.local.soak;

import dev.efsautopilot.local.gateway.Gateway;
import dev.efsautopilot.local.stack.LedgerTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.efs.model.AccessPointDescription;

/** How a story must end, whatever went wrong on the way. */
final class EndState {

    private static final int NFS = 2049;

    private final Gateway gateway;
    private final Witness witness;
    private final LedgerTable ledger;

    EndState(Gateway gateway, Witness witness, LedgerTable ledger) {
        this.gateway = gateway;
        this.witness = witness;
        this.ledger = ledger;
    }

    /** What is not as it must be, in words; nothing where all is. */
    List<String> wrong(SoakStory story) {
        var wrong = new ArrayList<String>();
        var points =
                story.team()
                        .user()
                        .efs()
                        .describeAccessPoints(
                                r -> r.fileSystemId(story.team().world().fileSystem()))
                        .accessPoints();
        accessPoints(story, points, wrong);
        revision(story, points, wrong);
        var live = story.live();
        tasks(story, live, wrong);
        ingress(story, live, wrong);
        return wrong.stream().map(what -> story.plot() + ": " + what).toList();
    }

    /** One for each request, however often it was made. */
    private static void accessPoints(
            SoakStory story, List<AccessPointDescription> points, List<String> wrong) {
        var wanted = new TreeSet<>(Set.of("/" + story.plot().family() + "/data"));
        if (story.plot().requests() > 0) {
            wanted.add("/" + story.plot().family() + "/cache");
        }
        var paths = points.stream().map(point -> point.rootDirectory().path()).sorted().toList();
        if (!paths.equals(List.copyOf(wanted))) {
            wrong.add("access points are at " + paths + ", not at " + wanted);
        }
    }

    /** The newest has the volume on its access point, and there is one such revision. */
    private static void revision(
            SoakStory story, List<AccessPointDescription> points, List<String> wrong) {
        var ecs = story.team().user().ecs();
        var active =
                ecs
                        .listTaskDefinitions(r -> r.familyPrefix(story.plot().family()))
                        .taskDefinitionArns()
                        .stream()
                        .map(arn ->
                                ecs.describeTaskDefinition(r -> r.taskDefinition(arn))
                                        .taskDefinition())
                        .toList();
        var data =
                points.stream()
                        .filter(point -> point.rootDirectory().path().endsWith("/data"))
                        .map(AccessPointDescription::accessPointId)
                        .collect(Collectors.toSet());
        var mounting = active.stream().filter(EndState::mounts).toList();
        if (active.size() != 2 || mounting.size() != 1) {
            wrong.add(
                    "%d revisions, of which %d have the volume"
                            .formatted(active.size(), mounting.size()));
        } else if (!data.contains(
                mounting.getFirst()
                        .volumes()
                        .getFirst()
                        .efsVolumeConfiguration()
                        .authorizationConfig()
                        .accessPointId())) {
            wrong.add("the volume is on another access point");
        }
    }

    private void tasks(SoakStory story, List<Task> live, List<String> wrong) {
        var expected = story.ended() ? story.plot().end().live() : 1;
        if (live.size() == expected) {
            return;
        }
        var tasks =
                Stream.concat(live.stream(), story.all(DesiredStatus.STOPPED).stream())
                        .map(Task::taskArn)
                        .collect(Collectors.toSet());
        if (live.isEmpty()
                && (witness.toldAbandoned(tasks)
                        || tasks.stream().anyMatch(this::waitsForItsLaunch))) {
            return;
        }
        wrong.add("%d tasks live, not %d, of %s".formatted(live.size(), expected, tasks));
    }

    /**
     * Whether a task waits to be run again until somebody tells how it was launched. Its record may
     * be a quarter of an hour late; then the task is given up.
     *
     * @param root the ARN of the first task of its lineage
     */
    private boolean waitsForItsLaunch(String root) {
        var id = root.substring(root.lastIndexOf('/') + 1);
        var attempts = ledger.read("lineage#" + id).path("attempts");
        var last = attempts.path(attempts.size() - 1);
        return last.isObject()
                && !last.has("task")
                && !last.has("dropped")
                && ledger.read("launch#" + last.path("after").asText()).isMissingNode();
    }

    /**
     * Open for all that run, and nothing wider; whichever of the mount target's groups has the
     * rule: where one is said to be full, another is attached.
     */
    private void ingress(SoakStory story, List<Task> live, List<String> wrong) {
        var world = story.team().world();
        var user = story.team().user();
        var rules =
                user
                        .efs()
                        .describeMountTargets(r -> r.fileSystemId(world.fileSystem()))
                        .mountTargets()
                        .stream()
                        .flatMap(target ->
                                user
                                        .efs()
                                        .describeMountTargetSecurityGroups(
                                                r -> r.mountTargetId(target.mountTargetId()))
                                        .securityGroups()
                                        .stream())
                        .flatMap(group -> user.ingress(group).stream())
                        .toList();
        if (rules.size() > 1 || !rules.stream().allMatch(rule -> narrow(rule, world.taskGroup()))) {
            wrong.add("ingress is wider than it must be: " + rules);
        }
        for (var task : live) {
            var definition =
                    story.team()
                            .user()
                            .ecs()
                            .describeTaskDefinition(r -> r.taskDefinition(task.taskDefinitionArn()))
                            .taskDefinition();
            if (!mounts(definition)) {
                continue;
            }
            if (rules.isEmpty()) {
                wrong.add("ingress is closed for " + task.taskArn());
            }
            if (!task.lastStatus().equals("RUNNING")
                    || gateway.tasks().mounted(task.taskArn()).isEmpty()) {
                wrong.add(task.taskArn() + " is " + task.lastStatus() + " without its data");
            }
        }
    }

    private static boolean narrow(SecurityGroupRule rule, String source) {
        return "tcp".equals(rule.ipProtocol())
                && rule.fromPort() == NFS
                && rule.toPort() == NFS
                && rule.referencedGroupInfo() != null
                && source.equals(rule.referencedGroupInfo().groupId());
    }

    private static boolean mounts(TaskDefinition definition) {
        return definition.volumes().stream()
                .anyMatch(volume -> volume.efsVolumeConfiguration() != null);
    }
}
