package dev.efsautopilot.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.aws.SecurityRule.Peer;
import dev.efsautopilot.network.NfsStep.AuthorizeEgress;
import dev.efsautopilot.network.NfsStep.AuthorizeIngress;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever the rules are: the plan is narrow, it opens, and then there is nothing left to do. */
final class IngressGapPropertyTest {

    private static final List<String> GROUPS = List.of("sg-a", "sg-b", "sg-c", "sg-d", "sg-e");
    private static final List<String> BLOCKS =
            List.of(
                    "0.0.0.0/0",
                    "10.0.0.0/8",
                    "10.0.1.7/32",
                    "10.0.1.100/32",
                    "172.16.0.0/12",
                    "::/0",
                    "fd00::/8",
                    "");
    private static final List<String> PROTOCOLS = List.of("-1", "tcp", "6", "udp", "17", "icmp");
    private static final List<Integer> PORTS = List.of(-1, 0, 22, 2048, 2049, 2050, 65535);
    private static final IngressGap GAP = new IngressGap(new NfsPolicy("stack", true, false));

    @Test
    void the_plan_is_narrow_opens_and_leaves_nothing() {
        for (var seed = 0L; seed < 5_000; seed++) {
            assertOpens(seed);
        }
    }

    private static void assertOpens(long seed) {
        var facts = facts(new Random(seed));
        var plan = GAP.plan(facts);
        assertThat(plan.refusals()).as("seed %d", seed).isEmpty();
        assertThat(plan.steps())
                .as("seed %d", seed)
                .hasSizeLessThanOrEqualTo(2)
                .allSatisfy(step -> assertNarrow(step, facts));

        var after = facts.after(plan);
        var client = facts.clients().getFirst();
        var target = facts.fileSystems().getFirst().mountTargets().getFirst();
        assertThat(after.doors().in(client, target)).as("seed %d", seed).isPresent();
        assertThat(after.doors().out(client, target)).as("seed %d", seed).isPresent();
        assertThat(GAP.plan(after)).as("seed %d", seed).isEqualTo(NfsPlan.NOTHING);
    }

    private static void assertNarrow(NfsStep step, NfsFacts facts) {
        var client = facts.clients().getFirst().securityGroups();
        var target = facts.fileSystems().getFirst().mountTargets().getFirst().securityGroups();
        switch (step) {
            case AuthorizeIngress it -> {
                assertThat(target).contains(it.mountTargetGroup()).containsAll(it.otherGroups());
                assertThat(client).contains(it.taskGroup());
            }
            case AuthorizeEgress it -> {
                assertThat(client).contains(it.taskGroup()).containsAll(it.otherGroups());
                assertThat(target).contains(it.mountTargetGroup());
            }
            case NfsStep.CreateMountTarget _, NfsStep.AttachGroup _ ->
                    throw new AssertionError(step);
        }
    }

    private static NfsFacts facts(Random random) {
        var client =
                new NfsClient(
                        "vpc-1",
                        "subnet-a",
                        "eu-west-1a",
                        List.of("10.0.1.7"),
                        groups(random),
                        true);
        var target =
                new MountTargetSide(
                        NfsFixture.target("eu-west-1a", "vpc-1", "10.0.1.100", ""), groups(random));
        var rules =
                IntStream.range(0, random.nextInt(12))
                        .mapToObj(i -> rule(random))
                        .toArray(SecurityRule[]::new);
        return NfsFixture.facts(client, NfsFixture.allowed(target), rules);
    }

    private static List<String> groups(Random random) {
        var from = random.nextInt(GROUPS.size());
        return GROUPS.subList(from, from + 1 + random.nextInt(GROUPS.size() - from));
    }

    private static SecurityRule rule(Random random) {
        Peer peer =
                switch (random.nextInt(3)) {
                    case 0 -> new Peer.Group(one(random, GROUPS));
                    case 1 -> new Peer.Block(one(random, BLOCKS));
                    default ->
                            new Peer.PrefixList(
                                    "pl-1", List.of(one(random, BLOCKS), one(random, BLOCKS)));
                };
        return NfsFixture.rule(
                one(random, GROUPS),
                random.nextBoolean(),
                one(random, PROTOCOLS),
                one(random, PORTS),
                one(random, PORTS),
                peer);
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
