package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.policy.Guard.Audit;
import dev.efsautopilot.local.policy.Statement;
import dev.efsautopilot.local.policy.Statement.Grant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the functions were allowed in the whole suite, against what they did with it. What a stack
 * parameter switches off is not deployed here; {@code PoliciesTest} looks at those statements too.
 */
@ExtendWith({WholeSuite.class, Site.Given.class})
class LeastPrivilegeIT {

    /** Whose code a function runs as well: what the suite has one of them do, all may do. */
    private static final Map<String, Set<String>> RUNS =
            Map.of(
                    "sweep", Set.of("volumes", "nfs-ingress", "task-rerun"),
                    "task-rerun", Set.of("nfs-ingress"),
                    "doctor", Set.of("nfs-ingress"));

    private static final String FILE_SYSTEMS =
            "arn:aws:elasticfilesystem:eu-west-1:000000000000:file-system/*";
    private static final String TASKS = "arn:aws:ecs:eu-west-1:000000000000:task/*";
    private static final String GROUPS = "arn:aws:ec2:eu-west-1:000000000000:security-group/*";

    /** What nothing here can use, and why the policy has it. */
    private static final Map<String, String> UNUSED =
            Map.ofEntries(
                    Map.entry(
                            "access-points TagNewAccessPoints " + FILE_SYSTEMS,
                            "EFS names two types for TagResource, and not which a new one's is"),
                    Map.entry("volumes TagNewAccessPoints " + FILE_SYSTEMS, "as access-points"),
                    Map.entry("sweep TagNewAccessPoints " + FILE_SYSTEMS, "as access-points"),
                    Map.entry(
                            "sweep CloseWhatNobodyUses ec2:RevokeSecurityGroupIngress",
                            "a rule goes when it was not used for days"),
                    Map.entry(
                            "sweep CloseWhatNobodyUses ec2:RevokeSecurityGroupEgress", "the same"),
                    Map.entry("sweep CloseWhatNobodyUses " + GROUPS, "the same"),
                    Map.entry(
                            "task-rerun TellHowItEnded " + TASKS,
                            "a re-run has recovered when it has stayed up for a while"),
                    Map.entry("sweep TellHowItEnded " + TASKS, "the same"));

    /**
     * What some runs use: where two functions are at the same thing at the same moment, and where a
     * task with a role is lost.
     */
    private static final Set<String> AT_TIMES =
            Set.of(
                    "task-rerun PassTheTasksOwnRoles iam:PassRole",
                    "task-rerun PassTheTasksOwnRoles arn:aws:iam::000000000000:role/*",
                    "volumes ReadTaskDefinitions ecs:ListTaskDefinitions",
                    "sweep ReadTaskDefinitions ecs:ListTaskDefinitions",
                    "volumes WithdrawRevisionsThatLostARace ecs:DeregisterTaskDefinition",
                    "volumes WithdrawRevisionsThatLostARace *",
                    "sweep WithdrawRevisionsThatLostARace ecs:DeregisterTaskDefinition",
                    "sweep WithdrawRevisionsThatLostARace *");

    @Test
    void no_function_calls_what_its_policy_does_not_allow(Site site) {
        assertThat(site.aws().gateway().guard().refused()).isEmpty();
    }

    @Test
    void no_policy_has_an_action_or_a_resource_that_was_never_used(Site site) {
        var audits = audits(site);
        assertThat(audits).hasSize(6);

        var unused = new TreeSet<String>();
        audits.forEach((name, audit) -> {
            var runs = RUNS.getOrDefault(name, Set.of());
            var used =
                    audits.entrySet().stream()
                            .filter(it -> it.getKey().equals(name) || runs.contains(it.getKey()))
                            .flatMap(it -> uses(it.getValue()))
                            .collect(Collectors.toSet());
            allowed(audit)
                    .filter(words -> !used.contains(words))
                    .forEach(words -> unused.add(name + " " + words));
        });

        unused.removeAll(AT_TIMES);
        assertThat(unused).containsExactlyInAnyOrderElementsOf(UNUSED.keySet());
    }

    @Test
    void what_some_runs_use_is_in_the_policies(Site site) {
        var all = new TreeSet<String>();
        audits(site)
                .forEach((name, audit) ->
                        allowed(audit).forEach(words -> all.add(name + " " + words)));

        assertThat(all).containsAll(AT_TIMES);
    }

    private static Map<String, Audit> audits(Site site) {
        return site.aws().gateway().guard().audits().stream()
                .collect(
                        Collectors.toMap(
                                audit -> audit.function().replace("ecs-efs-autopilot-", ""),
                                audit -> audit,
                                (one, _) -> one,
                                TreeMap::new));
    }

    /** A statement without a name is one that SAM adds, for Lambda itself. */
    private static Stream<String> allowed(Audit audit) {
        return audit.policy().statements().stream()
                .filter(Statement::allows)
                .filter(statement -> !statement.sid().isEmpty())
                .flatMap(statement ->
                        Stream.concat(statement.actions().stream(), statement.resources().stream())
                                .map(word -> statement.sid() + " " + word));
    }

    private static Stream<String> uses(Audit audit) {
        return audit.used().stream()
                .flatMap((Grant grant) ->
                        List.of(grant.action(), grant.resource()).stream()
                                .map(word -> grant.sid() + " " + word));
    }
}
