package dev.efsautopilot.local.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.tasks.MountFacts.AccessPoint;
import dev.efsautopilot.local.tasks.MountFacts.EfsVolume;
import dev.efsautopilot.local.tasks.MountFacts.Firewall;
import dev.efsautopilot.local.tasks.MountFacts.Host;
import dev.efsautopilot.local.tasks.MountFacts.MountTarget;
import dev.efsautopilot.local.tasks.MountFacts.Rule;
import dev.efsautopilot.local.tasks.MountOutcome.Mounted;
import dev.efsautopilot.local.tasks.MountOutcome.Refused;
import dev.efsautopilot.local.tasks.MountOutcome.Unanswered;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MountSimulationTest {
    private static final Rule ALL_OUT = new Rule("-1", -1, -1, "", List.of("0.0.0.0/0"));
    private static final Rule FROM_TASK = new Rule("tcp", 2049, 2049, "sg-task", List.of());
    private static final MountFacts FINE =
            new MountFacts(
                    "eu-west-1",
                    new EfsVolume("data", "fs-1", "/", Optional.of("fsap-1"), true),
                    Optional.of("available"),
                    target("available", FROM_TASK),
                    accessPoint("fs-1", "available", true),
                    false,
                    host(ALL_OUT));

    static Stream<Arguments> mounts() {
        return Stream.of(
                mounted("everything is there", facts -> facts),
                mounted(
                        "by a range",
                        ingress(new Rule("tcp", 2049, 2049, "", List.of("10.0.0.0/24")))),
                mounted(
                        "by one of a prefix list's ranges",
                        ingress(
                                new Rule(
                                        "tcp",
                                        2049,
                                        2049,
                                        "",
                                        List.of("192.168.0.0/16", "10.0.0.0/24")))),
                mounted("by all protocols", ingress(new Rule("-1", -1, -1, "sg-task", List.of()))),
                mounted(
                        "by a wider range of ports",
                        ingress(new Rule("6", 0, 65535, "sg-task", List.of()))),
                mounted(
                        "out by group",
                        egress(new Rule("tcp", 2049, 2049, "sg-target", List.of()))),
                mounted("root directory without an access point", volume("/", false)),
                mounted("a directory that is there", volume("/apps", true)),
                unanswered("no ingress at all", ingress()),
                unanswered(
                        "another group", ingress(new Rule("tcp", 2049, 2049, "sg-x", List.of()))),
                unanswered("another port", ingress(new Rule("tcp", 22, 22, "sg-task", List.of()))),
                unanswered("udp", ingress(new Rule("udp", 2049, 2049, "sg-task", List.of()))),
                unanswered(
                        "another range",
                        ingress(new Rule("-1", -1, -1, "", List.of("10.0.1.0/24")))),
                unanswered("IPv6", ingress(new Rule("-1", -1, -1, "", List.of("::/0")))),
                unanswered("no egress", egress()),
                unanswered(
                        "egress elsewhere",
                        egress(new Rule("-1", -1, -1, "", List.of("192.168.0.0/16")))),
                refused("no file system", "Failed to resolve \"fs-1.efs.", with(Optional.empty())),
                refused(
                        "no mount target in the zone",
                        "Failed to resolve \"fs-1.efs.eu-west-1.amazonaws.com\"",
                        target(Optional.empty())),
                refused(
                        "a mount target in the making",
                        "Failed to resolve",
                        target(target("creating", FROM_TASK))),
                refused("no access point", "access denied by server", point(Optional.empty())),
                refused(
                        "an access point of another file system",
                        "access denied by server",
                        point(accessPoint("fs-2", "available", true))),
                refused(
                        "an access point without a directory",
                        "No such file or directory",
                        point(accessPoint("fs-1", "available", false))),
                refused("a missing directory", "No such file", volume("/apps", false)));
    }

    @ParameterizedTest
    @MethodSource("mounts")
    void a_mount_ends_as_efs_utils_would_end_it(
            UnaryOperator<MountFacts> change, Class<? extends MountOutcome> outcome, String words) {
        var actual = MountSimulation.outcome(change.apply(FINE));

        assertThat(actual).isInstanceOf(outcome);
        assertThat(actual.toString()).contains(words);
    }

    private static Arguments mounted(String name, UnaryOperator<MountFacts> change) {
        return Arguments.of(Named.of(name, change), Mounted.class, "");
    }

    private static Arguments unanswered(String name, UnaryOperator<MountFacts> change) {
        return Arguments.of(Named.of(name, change), Unanswered.class, "timed out");
    }

    private static Arguments refused(String name, String words, UnaryOperator<MountFacts> change) {
        return Arguments.of(Named.of(name, change), Refused.class, words);
    }

    private static UnaryOperator<MountFacts> ingress(Rule... rules) {
        return target(target("available", rules));
    }

    private static UnaryOperator<MountFacts> egress(Rule... rules) {
        return it ->
                copy(
                        it.volume(),
                        it.fileSystemState(),
                        it.target(),
                        it.accessPoint(),
                        false,
                        host(rules));
    }

    private static UnaryOperator<MountFacts> target(Optional<MountTarget> target) {
        return it ->
                copy(it.volume(), it.fileSystemState(), target, it.accessPoint(), false, it.host());
    }

    private static UnaryOperator<MountFacts> with(Optional<String> fileSystemState) {
        return it ->
                copy(it.volume(), fileSystemState, it.target(), it.accessPoint(), false, it.host());
    }

    private static UnaryOperator<MountFacts> point(Optional<AccessPoint> accessPoint) {
        return it ->
                copy(it.volume(), it.fileSystemState(), it.target(), accessPoint, false, it.host());
    }

    private static UnaryOperator<MountFacts> volume(String root, boolean exists) {
        var volume = new EfsVolume("data", "fs-1", root, Optional.empty(), false);
        return it ->
                copy(
                        volume,
                        it.fileSystemState(),
                        it.target(),
                        Optional.empty(),
                        exists || root.equals("/"),
                        it.host());
    }

    private static MountFacts copy(
            EfsVolume volume,
            Optional<String> state,
            Optional<MountTarget> target,
            Optional<AccessPoint> accessPoint,
            boolean rootExists,
            Host host) {
        return new MountFacts("eu-west-1", volume, state, target, accessPoint, rootExists, host);
    }

    private static Optional<MountTarget> target(String state, Rule... ingress) {
        return Optional.of(
                new MountTarget(
                        state,
                        "10.0.0.4",
                        List.of(new Firewall("sg-target", List.of(ingress), List.of()))));
    }

    private static Optional<AccessPoint> accessPoint(String fs, String state, boolean creates) {
        return Optional.of(new AccessPoint(fs, state, "/apps", creates));
    }

    private static Host host(Rule... egress) {
        return new Host("10.0.0.9", List.of(new Firewall("sg-task", List.of(), List.of(egress))));
    }
}
