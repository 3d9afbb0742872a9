package dev.efsautopilot.network;

import static dev.efsautopilot.network.NfsFixture.ALL_OUT;
import static dev.efsautopilot.network.NfsFixture.TARGET;
import static dev.efsautopilot.network.NfsFixture.TASK;
import static dev.efsautopilot.network.NfsFixture.allowed;
import static dev.efsautopilot.network.NfsFixture.facts;
import static dev.efsautopilot.network.NfsFixture.fileSystem;
import static dev.efsautopilot.network.NfsFixture.ingress;
import static dev.efsautopilot.network.NfsFixture.rule;
import static dev.efsautopilot.network.NfsFixture.side;
import static dev.efsautopilot.network.NfsFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.aws.SecurityRule.Peer;
import dev.efsautopilot.network.NfsStep.AuthorizeEgress;
import dev.efsautopilot.network.NfsStep.AuthorizeIngress;
import dev.efsautopilot.network.NfsStep.CreateMountTarget;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Refusal.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class IngressGapTest {

    private static final Peer OURS = new Peer.Group("sg-task2");
    private static final Peer ANY = new Peer.Block("0.0.0.0/0");
    private static final AuthorizeIngress LET_IN =
            new AuthorizeIngress(
                    "fs-1",
                    "fsmt-eu-west-1a",
                    "sg-mt1",
                    List.of("sg-mt2"),
                    "sg-task1",
                    "efs-autopilot: NFS from sg-task1 for web",
                    Map.of("efs-autopilot/managed", "stack"),
                    "no rule lets the task in to fsmt-eu-west-1a");
    private static final AuthorizeEgress LET_OUT =
            new AuthorizeEgress(
                    "fs-1",
                    "sg-task1",
                    List.of("sg-task2"),
                    "sg-mt1",
                    "efs-autopilot: NFS to sg-mt1 for web",
                    Map.of("efs-autopilot/managed", "stack"),
                    "no rule lets the task out to fsmt-eu-west-1a");

    private static IngressGap gap(boolean egress, boolean mountTargets) {
        return new IngressGap(new NfsPolicy("stack", egress, mountTargets));
    }

    private static NfsPlan plan(NfsFacts facts) {
        return gap(true, false).plan(facts);
    }

    static Stream<Arguments> rulesThatLetTheTaskIn() {
        return Stream.of(
                Arguments.of("the task's group", ingress("tcp", 2049, 2049, OURS)),
                Arguments.of("protocol by number", ingress("6", 2049, 2049, OURS)),
                Arguments.of(
                        "the other group of the mount target",
                        rule("sg-mt2", false, "tcp", 2049, 2049, OURS)),
                Arguments.of("all protocols", ingress("-1", -1, -1, OURS)),
                Arguments.of("a port range", ingress("tcp", 2000, 2100, OURS)),
                Arguments.of("a range that begins there", ingress("tcp", 2049, 65535, OURS)),
                Arguments.of("all ports", ingress("tcp", 0, 65535, OURS)),
                Arguments.of(
                        "its address", ingress("tcp", 2049, 2049, new Peer.Block("10.0.1.7/32"))),
                Arguments.of(
                        "its subnet", ingress("tcp", 2049, 2049, new Peer.Block("10.0.1.0/24"))),
                Arguments.of("everyone", ingress("-1", -1, -1, ANY)),
                Arguments.of(
                        "its IPv6 address",
                        ingress("tcp", 2049, 2049, new Peer.Block("2001:db8::7/128"))),
                Arguments.of(
                        "everyone on IPv6", ingress("tcp", 2049, 2049, new Peer.Block("::/0"))),
                Arguments.of(
                        "a prefix list",
                        ingress(
                                "tcp",
                                2049,
                                2049,
                                new Peer.PrefixList(
                                        "pl-1", List.of("192.168.0.0/16", "10.0.0.0/16")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void rulesThatLetTheTaskIn(String what, SecurityRule rule) {
        var plan = plan(facts(TASK, allowed(TARGET), ALL_OUT, rule));
        assertThat(plan).as(what).isEqualTo(NfsPlan.NOTHING);
    }

    static Stream<Arguments> rulesThatDoNot() {
        return Stream.of(
                Arguments.of(
                        "another group", ingress("tcp", 2049, 2049, new Peer.Group("sg-other"))),
                Arguments.of(
                        "the mount target's own group",
                        ingress("tcp", 2049, 2049, new Peer.Group("sg-mt1"))),
                Arguments.of(
                        "a group that the mount target has not",
                        rule("sg-x", false, "tcp", 2049, 2049, OURS)),
                Arguments.of("egress", rule("sg-mt1", true, "tcp", 2049, 2049, OURS)),
                Arguments.of("UDP", ingress("udp", 2049, 2049, OURS)),
                Arguments.of("ICMP of all types", ingress("icmp", -1, -1, OURS)),
                Arguments.of("the port before", ingress("tcp", 2000, 2048, OURS)),
                Arguments.of("the port after", ingress("tcp", 2050, 3000, OURS)),
                Arguments.of(
                        "another address",
                        ingress("tcp", 2049, 2049, new Peer.Block("10.0.1.8/32"))),
                Arguments.of(
                        "another subnet",
                        ingress("tcp", 2049, 2049, new Peer.Block("10.0.2.0/24"))),
                Arguments.of(
                        "another IPv6 block",
                        ingress("tcp", 2049, 2049, new Peer.Block("2001:db9::/32"))),
                Arguments.of("no block at all", ingress("tcp", 2049, 2049, new Peer.Block(""))),
                Arguments.of(
                        "a prefix list of others",
                        ingress(
                                "tcp",
                                2049,
                                2049,
                                new Peer.PrefixList("pl-1", List.of("192.168.0.0/16")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void rulesThatDoNot(String what, SecurityRule rule) {
        var plan = plan(facts(TASK, allowed(TARGET), ALL_OUT, rule));
        assertThat(plan.steps()).as(what).containsExactly(LET_IN);
        assertThat(plan.refusals()).isEmpty();
    }

    @Test
    void a_group_that_both_sides_have_and_that_lets_its_own_members_in_is_open() {
        var task =
                new NfsClient(
                        "vpc-1",
                        "subnet-a",
                        "eu-west-1a",
                        List.of("10.0.1.7"),
                        List.of("sg-mt1"),
                        true);
        var own = ingress("tcp", 2049, 2049, new Peer.Group("sg-mt1"));
        var out = rule("sg-mt1", true, "-1", -1, -1, ANY);
        assertThat(plan(facts(task, allowed(TARGET), own, out))).isEqualTo(NfsPlan.NOTHING);
    }

    @Test
    void an_ipv6_block_lets_nobody_in_to_a_mount_target_with_an_ipv4_address_alone() {
        var target = side(target("eu-west-1a", "vpc-1", "10.0.1.100", ""));
        var rule = ingress("tcp", 2049, 2049, new Peer.Block("::/0"));
        assertThat(plan(facts(TASK, allowed(target), ALL_OUT, rule)).steps())
                .containsExactly(LET_IN);
    }

    static Stream<Arguments> waysOut() {
        return Stream.of(
                Arguments.of(true, new Peer.Group("sg-mt2")),
                Arguments.of(true, new Peer.Block("10.0.1.100/32")),
                Arguments.of(true, new Peer.Block("2001:db8::/64")),
                Arguments.of(true, new Peer.PrefixList("pl-1", List.of("10.0.0.0/8"))),
                Arguments.of(false, new Peer.Group("sg-other")),
                Arguments.of(false, new Peer.Block("10.0.1.101/32")),
                Arguments.of(false, new Peer.PrefixList("pl-1", List.of())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void waysOut(boolean open, Peer peer) {
        var in = ingress("tcp", 2049, 2049, OURS);
        var out = rule("sg-task2", true, "tcp", 2049, 2049, peer);
        var plan = plan(facts(TASK, allowed(TARGET), in, out));
        assertThat(plan.steps()).isEqualTo(open ? List.of() : List.of(LET_OUT));
    }

    @Test
    void closed_egress_is_refused_where_the_stack_may_not_open_it() {
        var facts = facts(TASK, allowed(TARGET), ingress("tcp", 2049, 2049, OURS));
        var plan = gap(false, false).plan(facts);
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.refusals()).extracting(Refusal::kind).containsExactly(Kind.CONFLICT);
    }

    @Test
    void nothing_is_done_to_a_file_system_whose_owner_did_not_opt_in() {
        var side = new FileSystemSide("fs-1", Optional.of(fileSystem(Map.of())), List.of());
        var plan = plan(facts(TASK, side));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.refusals()).extracting(Refusal::kind).containsExactly(Kind.FORBIDDEN);
    }

    @Test
    void a_file_system_that_is_not_there_does_not_keep_another_from_being_opened() {
        var gone = new FileSystemSide("fs-2", Optional.empty(), List.of());
        var facts =
                new NfsFacts(
                        List.of(TASK),
                        List.of(gone, allowed(TARGET)),
                        new Doors(List.of(ALL_OUT)),
                        Set.of(),
                        "web");
        var plan = plan(facts);
        assertThat(plan.steps()).containsExactly(LET_IN);
        assertThat(plan.refusals()).extracting(Refusal::field).containsExactly("fs-2");
    }

    @Test
    void another_vpc_is_refused() {
        var far = side(target("eu-west-1a", "vpc-2", "10.9.1.100", ""));
        var plan = plan(facts(TASK, allowed(far), ALL_OUT));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.refusals()).extracting(Refusal::kind).containsExactly(Kind.CONFLICT);
    }

    @Test
    void another_vpc_is_opened_by_group_where_the_two_are_peered() {
        var far = side(target("eu-west-1b", "vpc-2", "10.9.1.100", ""));
        var closed = facts(TASK, allowed(far), ALL_OUT);
        var facts =
                new NfsFacts(
                        closed.clients(),
                        closed.fileSystems(),
                        closed.doors(),
                        Set.of(new NfsFacts.Peers("vpc-1", "vpc-2")),
                        "web");
        assertThat(plan(facts).refusals()).isEmpty();
        assertThat(plan(facts).steps())
                .singleElement()
                .isInstanceOfSatisfying(
                        AuthorizeIngress.class,
                        step -> assertThat(step.taskGroup()).isEqualTo("sg-task1"));
    }

    @Test
    void two_zones_with_the_same_groups_need_one_rule() {
        var second =
                new NfsClient(
                        "vpc-1",
                        "subnet-b",
                        "eu-west-1b",
                        List.of("10.0.2.0/24"),
                        List.of("sg-task1", "sg-task2"),
                        false);
        var other = side(target("eu-west-1b", "vpc-1", "10.0.2.100", ""));
        var facts =
                new NfsFacts(
                        List.of(TASK, second),
                        List.of(allowed(TARGET, other)),
                        new Doors(List.of(ALL_OUT)),
                        Set.of(),
                        "web");
        assertThat(plan(facts).steps()).containsExactly(LET_IN);
    }

    @Test
    void a_zone_without_a_mount_target_gets_one_only_where_the_stack_may() {
        var other = side(target("eu-west-1b", "vpc-1", "10.0.2.100", ""));
        var facts = facts(TASK, allowed(other), ALL_OUT);
        assertThat(gap(true, false).plan(facts).steps()).isEmpty();
        assertThat(gap(true, false).plan(facts).refusals())
                .extracting(Refusal::kind)
                .containsExactly(Kind.NOT_FOUND);
        assertThat(gap(true, true).plan(facts).steps())
                .first()
                .isEqualTo(
                        new CreateMountTarget(
                                "fs-1",
                                "subnet-a",
                                List.of("sg-mt1", "sg-mt2"),
                                "a task runs in eu-west-1a, where the file system has none"));
        assertThat(gap(true, true).plan(facts).steps()).hasSize(2);
    }

    @Test
    void a_one_zone_file_system_is_never_given_another_zone() {
        var one =
                new FileSystem(
                        "fs-1",
                        "arn",
                        "available",
                        Optional.of("eu-west-1b"),
                        "bursting",
                        Map.of(FileSystem.ALLOW, "/"));
        var other = side(target("eu-west-1b", "vpc-1", "10.0.2.100", ""));
        var side = new FileSystemSide("fs-1", Optional.of(one), List.of(other));
        var plan = gap(true, true).plan(facts(TASK, side, ALL_OUT));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.refusals()).hasSize(1);
    }

    @Test
    void a_zone_that_a_request_only_allows_is_left_as_it_is() {
        var place =
                new NfsClient(
                        "vpc-1",
                        "subnet-c",
                        "eu-west-1c",
                        List.of("10.0.3.0/24"),
                        List.of("sg-task1"),
                        false);
        assertThat(gap(true, true).plan(facts(place, allowed(TARGET)))).isEqualTo(NfsPlan.NOTHING);
    }

    @Test
    void two_places_of_a_request_need_one_rule() {
        var second =
                new NfsClient(
                        "vpc-1",
                        "subnet-b",
                        "eu-west-1a",
                        List.of("10.0.4.0/24"),
                        List.of("sg-task1", "sg-task2"),
                        false);
        var facts =
                new NfsFacts(
                        List.of(TASK, second),
                        List.of(allowed(TARGET)),
                        new Doors(List.of(ALL_OUT)),
                        Set.of(),
                        "web");
        assertThat(plan(facts).steps()).containsExactly(LET_IN);
    }

    @Test
    void a_description_is_never_longer_than_the_api_takes() {
        var facts =
                new NfsFacts(
                        List.of(TASK),
                        List.of(allowed(TARGET)),
                        new Doors(List.of(ALL_OUT)),
                        Set.of(),
                        "f".repeat(255));
        var step = (AuthorizeIngress) plan(facts).steps().getFirst();
        assertThat(step.description()).hasSize(255);
    }
}
