package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody takes away that running tasks need. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class NfsPutBackIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Duration A_SECOND = Duration.ofMillis(1100);

    private final Team team;
    private final NfsWitness nfs;

    NfsPutBackIT(Site site) {
        this.team = site.team("putback");
        this.nfs = new NfsWitness(site);
    }

    @Test
    void a_revoked_rule_is_put_back_once_and_then_left_alone() {
        var ground = Ground.of(team, "revoked");
        ground.team().registerByHand("ingress-revoked");
        ground.running("ingress-revoked");
        nfs.awaitLookedAt(ground);

        ground.team().revoke(ground.team().nfsRules());
        var putBack = ground.team().awaitNfsRules();
        assertThat(putBack).hasSize(1);
        awaitDealtWith(ground, 1);
        // CloudTrail tells times to the second, and a revocation of the same second is the same.
        assertThat(Await.stays(A_SECOND, () -> !ground.team().nfsRules().isEmpty())).isTrue();
        ground.team().revoke(putBack);
        awaitDealtWith(ground, 2);

        nfs.awaitRefusal(ground.world().nfsGroup(), "it is left alone for an hour");
        assertThat(Await.stays(Duration.ofMillis(500), () -> ground.team().nfsRules().isEmpty()))
                .isTrue();
    }

    @Test
    void revoked_egress_is_put_back_to_the_mount_targets_group_alone() {
        var ground = Ground.of(team, "egress-revoked");
        ground.team().registerByHand("ingress-egress-revoked");
        ground.running("ingress-egress-revoked");
        nfs.awaitNeed(ground.world().taskGroup());

        ground.closeEgress();

        var rules =
                Await.until(
                        "a rule that lets the tasks out",
                        SOON,
                        () -> Optional.of(ground.egress()).filter(found -> !found.isEmpty()));
        assertThat(rules)
                .singleElement()
                .extracting(rule -> rule.referencedGroupInfo().groupId())
                .isEqualTo(ground.world().nfsGroup());
    }

    @Test
    void groups_that_are_replaced_twice_get_the_rule_once_and_are_then_left_alone() {
        var ground = Ground.of(team, "replaced");
        ground.team().registerByHand("ingress-replaced");
        ground.running("ingress-replaced");
        nfs.awaitLookedAt(ground);
        var vpc = ground.world().home().vpcId();
        var other = team.user().securityGroup("ingress-replaced-by", vpc);
        var third = team.user().securityGroup("ingress-replaced-again", vpc);

        ground.replaceGroups(other);
        Await.untilTrue(
                "a rule of the other group",
                SOON,
                () -> ground.sources(other).equals(List.of(ground.world().taskGroup())));
        // CloudTrail tells times to the second.
        assertThat(Await.stays(A_SECOND, () -> !ground.sources(other).isEmpty())).isTrue();
        ground.replaceGroups(third);

        nfs.awaitRefusal(third, "it is left alone for an hour");
        ground.team().run("ingress-replaced", ground.world().home());
        nfs.awaitSilence();
        assertThat(ground.sources(third)).isEmpty();
    }

    /** The ledger keeps each revocation of a rule that the function has dealt with. */
    private void awaitDealtWith(Ground ground, int revocations) {
        Await.untilTrue(
                "revocation " + revocations + " to be dealt with",
                SOON,
                () ->
                        nfs.calls("PutItem").stream()
                                        .filter(call ->
                                                call.parameters()
                                                        .toString()
                                                        .contains(
                                                                "revoked#"
                                                                        + ground.world()
                                                                                .nfsGroup()))
                                        .count()
                                >= revocations);
    }
}
