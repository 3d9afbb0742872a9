package dev.efsautopilot.local.demo;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.user.SignedHttp;
import dev.efsautopilot.local.user.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ecs.model.EFSTransitEncryption;
import software.amazon.awssdk.services.ecs.model.Task;

/** Reads the end of the story back from AWS and holds it against what it should be. */
final class FinalCheck {

    private static final Set<String> FUNCTIONS =
            Set.of("access-points", "volumes", "nfs-ingress", "task-rerun", "doctor", "sweep");

    private final List<Line> lines = new ArrayList<>();
    private final Team team;

    FinalCheck(Team team) {
        this.team = team;
    }

    /**
     * One check.
     *
     * @param what what should be so
     * @param so whether it is
     * @param seen what was read
     */
    record Line(String what, boolean so, String seen) {}

    /** Everything that happened, as the story holds it. */
    record Ending(
            Task byHand,
            Launched first,
            Task second,
            Task hopeless,
            SignedHttp.Answer diagnosis,
            Set<String> functionsSeen) {}

    List<Line> of(Ending ending) {
        withoutTheAutomation(ending.byHand());
        revision();
        accessPoints();
        ingress();
        sameLaunch(ending.first(), ending.second());
        once(ending);
        hopeless(ending);
        check(
                "every function is in the timeline",
                ending.functionsSeen().containsAll(FUNCTIONS),
                String.join(" ", ending.functionsSeen().stream().sorted().toList()));
        return List.copyOf(lines);
    }

    private void check(String what, boolean so, String seen) {
        lines.add(new Line(what, so, seen));
    }

    private void withoutTheAutomation(Task byHand) {
        check(
                "without the automation the task did not start",
                byHand.stoppedReason()
                        .startsWith(
                                "ResourceInitializationError: failed to invoke EFS utils commands"),
                byHand.stoppedReason());
    }

    private void revision() {
        var definition = team.user().newestRevision("orders").definition();
        var volume = definition.volumes().stream().filter(v -> v.name().equals("data")).findFirst();
        var efs = volume.map(v -> v.efsVolumeConfiguration());
        var mounted =
                definition.containerDefinitions().getFirst().mountPoints().stream()
                        .anyMatch(mount ->
                                mount.sourceVolume().equals("data")
                                        && mount.containerPath().equals("/var/lib/data"));
        check(
                "orders:2 has the volume, encrypted in transit, mounted at /var/lib/data",
                definition.revision() == 2
                        && mounted
                        && efs.map(e -> e.transitEncryption())
                                .equals(Optional.of(EFSTransitEncryption.ENABLED)),
                efs.map(e -> e.authorizationConfig().accessPointId() + " on " + e.fileSystemId())
                        .orElse("no volume"));
        check(
                "its access point is that of /orders/data",
                efs.map(e -> e.authorizationConfig().accessPointId())
                        .equals(team.accessPoint("/orders/data")),
                team.accessPoint("/orders/data").orElse("none"));
    }

    private void accessPoints() {
        check(
                "the access point asked for on the bus is there",
                team.accessPoint("/import/job-42").isPresent(),
                team.accessPoint("/import/job-42").orElse("none"));
    }

    private void ingress() {
        var rules = team.user().ingress(team.world().nfsGroup());
        check(
                "the mount targets let in TCP 2049 from the tasks' group and nothing else",
                rules.size() == 1 && team.nfsRules().equals(rules) && nfs(rules.getFirst()),
                rules.stream().map(FinalCheck::words).toList().toString());
    }

    private static String words(SecurityGroupRule rule) {
        var from =
                rule.referencedGroupInfo() == null
                        ? rule.cidrIpv4()
                        : rule.referencedGroupInfo().groupId();
        return rule.ipProtocol() + " " + rule.fromPort() + " from " + from;
    }

    private static boolean nfs(SecurityGroupRule rule) {
        return rule.ipProtocol().equals("tcp") && rule.fromPort() == 2049 && rule.toPort() == 2049;
    }

    private void sameLaunch(Launched first, Task second) {
        check("the second task runs", running(second), second.lastStatus());
        var again = Launched.read(team.user(), second);
        check("it was launched as the first one was", again.equals(first), again.toString());
    }

    private boolean running(Task task) {
        return team.now(task).lastStatus().equals("RUNNING");
    }

    private void once(Ending ending) {
        var tasks = team.tasks("orders");
        check(
                "the lost task was run again once",
                tasks.size() == 2 && tasks.stream().filter(this::running).count() == 1,
                tasks.size() + " tasks of orders, " + ending.second().taskArn() + " runs");
    }

    private void hopeless(Ending ending) {
        var tasks = team.tasks("orders-remote");
        check(
                "the hopeless task was left alone",
                tasks.size() == 1,
                ending.hopeless().stoppedReason());
        check(
                "the doctor says why",
                ending.diagnosis().status() == 200
                        && Json.text(ending.diagnosis().body(), "cause")
                                .contains(
                                        "has no mount target in "
                                                + team.world().remote().availabilityZone()),
                ending.diagnosis().body().path("cause").toString());
    }
}
