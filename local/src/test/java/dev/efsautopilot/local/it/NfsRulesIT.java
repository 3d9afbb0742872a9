package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.efs.model.IpAddressType;

/** Each form that a rule can have: fine and left as it is, or for others alone and not enough. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class NfsRulesIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Team team;
    private final NfsWitness nfs;

    NfsRulesIT(Site site) {
        this.team = site.team("rules");
        this.nfs = new NfsWitness(site);
    }

    static Stream<Arguments> openAlready() {
        return Stream.of(
                form("cidr", _ -> RuleForms.from("tcp", 2049, 2049, "172.31.0.0/16")),
                form("ports", _ -> RuleForms.from("tcp", 2000, 3000, "0.0.0.0/0")),
                form("all", _ -> RuleForms.from("-1", -1, -1, "0.0.0.0/0")),
                form("number", _ -> RuleForms.from("6", 2049, 2049, "172.31.0.0/16")),
                form("group", ground -> RuleForms.nfs(ground.world().taskGroup())),
                form(
                        "list",
                        ground ->
                                RuleForms.nfs(ground, "list", "192.168.0.0/16", "172.31.0.0/16")));
    }

    /**
     * A form is fine, and nothing is changed; it is taken away, and what the task needs is back.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("openAlready")
    void nothing_is_added_while_a_rule_lets_the_task_in_and_one_is_when_it_is_gone(
            String name, Function<Ground, IpPermission> form) {
        var ground = Ground.of(team, name);
        ground.open(form.apply(ground));
        var fine = ground.ingress();
        ground.team().registerByHand("ingress-" + name);

        ground.running("ingress-" + name);
        nfs.awaitLookedAt(ground);
        assertThat(ground.ingress()).isEqualTo(fine);

        nfs.awaitNeed(ground.world().nfsGroup());
        ground.team().revoke(fine);
        assertThat(ground.team().awaitNfsRules()).hasSize(1);
        assertThat(ground.ingress()).hasSize(1);
    }

    static Stream<Arguments> openToOthersAlone() {
        return Stream.of(
                form("other-cidr", _ -> RuleForms.from("tcp", 2049, 2049, "10.0.0.0/8")),
                form("other-ports", _ -> RuleForms.from("tcp", 2050, 3000, "0.0.0.0/0")),
                form("udp", _ -> RuleForms.from("udp", 2049, 2049, "0.0.0.0/0")),
                form("ipv6", _ -> RuleForms.ipv6("::/0")),
                form("own-group", ground -> RuleForms.nfs(ground.world().nfsGroup())),
                form("other-list", ground -> RuleForms.nfs(ground, "other", "192.168.0.0/16")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("openToOthersAlone")
    void a_rule_is_added_beside_those_that_let_others_in(
            String name, Function<Ground, IpPermission> form) {
        var ground = Ground.of(team, name);
        ground.open(form.apply(ground));
        ground.team().registerByHand("ingress-" + name);

        ground.running("ingress-" + name);

        assertThat(ground.team().nfsRules()).hasSize(1);
        assertThat(ground.ingress()).hasSize(2);
    }

    /** Egress is fine by each form, and nothing is added to it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("openAlready")
    void nothing_is_added_where_a_rule_lets_the_task_out(
            String name, Function<Ground, IpPermission> form) {
        var ground = Ground.of(team, "out-" + name);
        ground.closeEgress();
        ground.openEgress(
                name.equals("group")
                        ? RuleForms.nfs(ground.world().nfsGroup())
                        : form.apply(ground));
        var fine = ground.egress();
        ground.team().registerByHand("ingress-out-" + name);

        ground.running("ingress-out-" + name);

        assertThat(ground.egress()).isEqualTo(fine);
        assertThat(ground.team().nfsRules()).hasSize(1);
    }

    @Test
    void closed_egress_is_opened_to_the_mount_targets_group_alone() {
        var ground = Ground.of(team, "egress");
        ground.closeEgress();
        ground.team().registerByHand("ingress-egress");

        ground.running("ingress-egress");

        assertThat(ground.egress())
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.referencedGroupInfo().groupId())
                            .isEqualTo(ground.world().nfsGroup());
                    assertThat(List.of(rule.fromPort(), rule.toPort())).containsOnly(2049);
                });
    }

    @Test
    void nothing_is_added_where_the_tasks_are_in_the_mount_targets_own_group() {
        var ground = Ground.of(team, "own");
        var own = ground.world().nfsGroup();
        ground.open(RuleForms.nfs(own));
        ground.replaceGroups(own, ground.world().taskGroup());
        ground.open(RuleForms.nfs(ground.world().taskGroup()));
        ground.team().registerByHand("ingress-own");

        ground.running("ingress-own");
        nfs.awaitLookedAt(ground);

        assertThat(ground.sources(own)).containsExactlyInAnyOrder(own, ground.world().taskGroup());
        assertThat(ground.sources(ground.world().taskGroup())).isEmpty();
    }

    @Test
    void an_ipv6_range_that_holds_the_subnet_is_enough_and_that_of_others_is_not() {
        var ground = Ground.of(team, "six");
        var subnet = reachedByIpv6Alone(ground, "2001:db8:1234:1a00::/64");
        ground.openEgress(RuleForms.ipv6("::/0"));
        ground.open(RuleForms.ipv6("2001:db8:1234:1a00::/56"));
        var fine = ground.ingress();
        ground.team().registerByHand("ingress-six");
        var network = Ground.network(subnet, ground.world().taskGroup());

        ground.service("ingress-six", network);
        awaitMountTargetsRead(ground);
        nfs.awaitSilence();
        assertThat(ground.ingress()).isEqualTo(fine);

        ground.team().revoke(fine);
        ground.open(RuleForms.ipv6("2001:db8:9999::/48"));
        ground.team().registerByHand("ingress-six-closed");
        ground.service("ingress-six-closed", network);
        assertThat(ground.team().awaitNfsRules()).hasSize(1);
        assertThat(ground.ingress()).hasSize(2);
    }

    /** Gives the file system a mount target of IPv6 alone, in a subnet with this block. */
    private String reachedByIpv6Alone(Ground ground, String block) {
        var home = ground.world().home();
        var subnet =
                team.user()
                        .ec2()
                        .createSubnet(r ->
                                r.vpcId(home.vpcId())
                                        .cidrBlock("172.31.240.0/24")
                                        .ipv6CidrBlock(block)
                                        .availabilityZone(home.availabilityZone()))
                        .subnet()
                        .subnetId();
        team.user().efs().deleteMountTarget(r -> r.mountTargetId(ground.mountTarget()));
        team.user()
                .efs()
                .createMountTarget(r ->
                        r.fileSystemId(ground.world().fileSystem())
                                .subnetId(subnet)
                                .ipAddressType(IpAddressType.IPV6_ONLY)
                                .securityGroups(ground.world().nfsGroup()));
        return subnet;
    }

    private void awaitMountTargetsRead(Ground ground) {
        Await.untilTrue(
                "the function to look at the mount targets",
                SOON,
                () ->
                        nfs.calls("DescribeMountTargets").stream()
                                .anyMatch(call ->
                                        call.parameters()
                                                .toString()
                                                .contains(ground.world().fileSystem())));
    }

    @Test
    void a_group_that_another_account_shares_is_let_in_under_its_owners_id() {
        var ground = Ground.of(team, "shared");
        var group = "sg-0123456789abcdef1";
        nfs.site().aws().gateway().sharedGroups().share(group, "111111111111");
        ground.team().registerByHand("ingress-shared");

        ground.service("ingress-shared", ground.network(group));
        Await.untilTrue(
                "the shared group to be let in",
                SOON,
                () -> ground.sources(ground.world().nfsGroup()).contains(group));
        nfs.awaitSilence();
        var made = ground.ingress();
        ground.team().registerByHand("ingress-shared-too");
        ground.service("ingress-shared-too", ground.network(group));
        nfs.awaitSilence();

        assertThat(nfs.calls("AuthorizeSecurityGroupIngress"))
                .filteredOn(call -> call.parameters().toString().contains(group))
                .last()
                .satisfies(call ->
                        assertThat(call.parameters().toString())
                                .contains("\"userId\":\"111111111111\""));
        assertThat(ground.ingress()).isEqualTo(made).hasSize(1);
    }

    @Test
    void a_group_of_another_account_that_is_not_shared_is_refused() {
        var ground = Ground.of(team, "foreign");
        ground.team().registerByHand("ingress-foreign");

        ground.service("ingress-foreign", ground.network("sg-0123456789abcdef2"));

        nfs.awaitRefusal("ingress-foreign", "belongs to another account");
        assertThat(ground.ingress()).isEmpty();
    }

    private static Arguments form(String name, Function<Ground, IpPermission> form) {
        return Arguments.of(name, form);
    }
}
