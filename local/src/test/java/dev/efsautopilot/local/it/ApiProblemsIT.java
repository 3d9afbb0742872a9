package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.user.Team;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a function refuses: with the field and the remedy, and with nothing done. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class ApiProblemsIT {

    private static final String TASK = "0123456789abcdef0123456789abcdef";

    /** Who does nothing but what is asked for here; the others hear of tasks of other tests. */
    private static final List<String> BY_HAND = List.of("access-points", "volumes", "doctor");

    /** Where something can be made; what came of a request is told on the bus, too. */
    private static final List<String> MAKE = List.of("ec2", "ecs", "elasticfilesystem", "iam");

    private final Site site;
    private final Team team;
    private int writes;

    ApiProblemsIT(Site site) {
        this.site = site;
        this.team = site.team("problems");
    }

    @BeforeAll
    void count() {
        writes = writes();
    }

    @AfterAll
    void nothing_was_done() {
        assertThat(writes()).isEqualTo(writes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /access-points | {'family':'a','volume':'d','path':'/../etc','fileSystem':'FS'} | path",
                "POST | /access-points | {'family':'a','volume':'d','path':'/a/b/c/d/e','fileSystem':'FS'} | path",
                "POST | /access-points | {'family':'a','volume':'d','gids':[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17],'fileSystem':'FS'} | gids",
                "POST | /access-points?dryrun=true | {'family':'a','volume':'d'} | dryrun",
                "POST | /access-points?dryRun=true | {'family':'a','volume':'d','dryRun':true} | dryRun",
                "POST | /access-points?dryRun=perhaps | {'family':'a','volume':'d'} | dryRun",
                "GET | /file-systems/shared/access-points | | fileSystem",
                "GET | /file-systems/FS/access-points?limit=0 | | limit",
                "GET | /file-systems/FS/access-points?limit=101 | | limit",
                "GET | /file-systems/FS/access-points?colour=red | | colour",
                "POST | /task-definitions/api:1/volumes | {oops | body",
                "POST | /task-definitions/api:1/volumes | [] | body",
                "POST | /task-definitions/api:1/volumes | {'dryRun':'maybe'} | dryRun",
                "POST | /task-definitions/api:1/volumes | {'colour':'red'} | colour",
                "POST | /task-definitions/api:1/volumes?dryRun=true&dryRun=false | | dryRun",
                "POST | /nfs-ingress | {'cluster':'problems'} | task",
                "POST | /nfs-ingress | {'cluster':'problems','task':'a','service':'b'} | task",
                "POST | /nfs-ingress | {'cluster':'problems','tasks':[]} | tasks",
                "POST | /clusters/problems/tasks/abc/rerun | {oops | body",
                "POST | /clusters/problems/tasks/abc/rerun | {'stop':'perhaps'} | stop",
                "POST | /clusters/problems/tasks/abc/rerun | {'task':'def'} | task",
                "POST | /clusters/problems/tasks/abc/rerun?colour=red | | colour",
                "GET | /clusters/problems/tasks/abc/diagnosis?colour=red | | colour",
                "GET | /clusters/problems/services/abc/diagnosis?dryRun=perhaps | | dryRun",
                "POST | /diagnosis | {'taskDefinition':'api','subnets':[]} | subnets",
                "GET | /clusters/problems/storage?task= | | task",
            })
    void what_is_not_valid_is_a_400(
            String method, String path, @Nullable String body, String field) {
        refused(400, field, method, path, body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /access-points | {'family':'a','volume':'d','fileSystem':'fs-00000000'} | fileSystem",
                "POST | /access-points | {'family':'a','volume':'d','fileSystem':'name:nowhere'} | fileSystem",
                "POST | /access-points | {'family':'a','volume':'d','fileSystem':'FS','accessPoint':'fsap-00000000'} | accessPoint",
                "GET | /file-systems/fs-00000000/access-points | | fileSystem",
                "POST | /task-definitions/nothing:1/volumes | | taskDefinition",
                "POST | /nfs-ingress | {'cluster':'nowhere','task':'ID'} | task",
                "POST | /nfs-ingress | {'cluster':'nowhere','tasks':['ID']} | tasks",
                "POST | /nfs-ingress | {'cluster':'nowhere','service':'web'} | service",
                "POST | /nfs-ingress | {'cluster':'nowhere','family':'web'} | cluster",
                "POST | /nfs-ingress | {'cluster':'problems','task':'ID'} | task",
                "POST | /nfs-ingress | {'cluster':'problems','service':'web'} | service",
                "POST | /clusters/nowhere/tasks/ID/rerun | | task",
                "POST | /clusters/nowhere/tasks/ID/rerun?dryRun=true | | task",
                "POST | /clusters/nowhere/tasks/ID/rerun | {'stop':true} | task",
                "POST | /clusters/problems/tasks/ID/rerun | | task",
                "GET | /clusters/nowhere/tasks/ID/diagnosis | | task",
                "GET | /clusters/problems/tasks/ID/diagnosis | | task",
                "GET | /clusters/nowhere/services/web/diagnosis | | service",
                "GET | /clusters/problems/services/web/diagnosis | | service",
                "POST | /diagnosis | {'taskDefinition':'nothing:1','subnets':['subnet-1']} | taskDefinition",
                "GET | /clusters/nowhere/storage | | cluster",
            })
    void what_is_not_there_is_a_404(
            String method, String path, @Nullable String body, String field) {
        refused(404, field, method, path, body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /access-points | {'family':'a','volume':'d','fileSystem':'arn:aws:elasticfilesystem:REGION:ACCOUNT:file-system/fs-00000000'} | fileSystem",
                "GET | /file-systems/arn:aws:elasticfilesystem:REGION:ACCOUNT:file-system%2Ffs-00000000/access-points | | fileSystem",
                "POST | /task-definitions/arn:aws:ecs:REGION:ACCOUNT:task-definition%2Fweb:1/volumes | | taskDefinition",
                "POST | /nfs-ingress | {'cluster':'arn:aws:ecs:REGION:ACCOUNT:cluster/web','task':'ID'} | cluster",
                "POST | /nfs-ingress | {'cluster':'problems','task':'arn:aws:ecs:REGION:ACCOUNT:task/web/ID'} | task",
                "POST | /nfs-ingress | {'cluster':'problems','tasks':['arn:aws:ecs:REGION:ACCOUNT:task/web/ID']} | tasks",
                "POST | /nfs-ingress | {'cluster':'problems','service':'arn:aws:ecs:REGION:ACCOUNT:service/web/a'} | service",
                "POST | /clusters/arn:aws:ecs:REGION:ACCOUNT:cluster%2Fweb/tasks/ID/rerun | | cluster",
                "POST | /clusters/problems/tasks/arn:aws:ecs:REGION:ACCOUNT:task%2Fweb%2FID/rerun | | task",
                "GET | /clusters/arn:aws:ecs:REGION:ACCOUNT:cluster%2Fweb/tasks/ID/diagnosis | | cluster",
                "GET | /clusters/problems/tasks/arn:aws:ecs:REGION:ACCOUNT:task%2Fweb%2FID/diagnosis | | task",
                "GET | /clusters/arn:aws:ecs:REGION:ACCOUNT:cluster%2Fweb/services/a/diagnosis | | cluster",
                "GET | /clusters/problems/services/arn:aws:ecs:REGION:ACCOUNT:service%2Fweb%2Fa/diagnosis | | service",
                "POST | /diagnosis | {'taskDefinition':'arn:aws:ecs:REGION:ACCOUNT:task-definition/web:1','subnets':['subnet-1']} | taskDefinition",
                "GET | /clusters/arn:aws:ecs:REGION:ACCOUNT:cluster%2Fweb/storage | | cluster",
            })
    void what_is_of_another_account_is_a_403_and_of_another_region_a_404(
            String method, String path, @Nullable String body, String field) {
        for (var of : List.of("eu-west-1 999999999999 403", "us-east-1 000000000000 404")) {
            var there = of.split(" ");
            refused(
                    Integer.parseInt(there[2]),
                    field,
                    method,
                    in(there, path),
                    body == null ? null : in(there, body));
        }
    }

    @Test
    void a_family_of_which_nothing_runs_is_a_409() {
        refused(409, "family", "POST", "/nfs-ingress", "{'cluster':'problems','family':'web'}");
    }

    @Test
    void more_than_the_limit_is_a_413() {
        var body = "{'colour':'" + "x".repeat(70_000) + "'}";

        refused(413, "body", "POST", "/clusters/problems/tasks/abc/rerun", body);
        refused(413, "body", "POST", "/task-definitions/api:1/volumes", body);
    }

    private void refused(
            int status, String field, String method, String path, @Nullable String body) {
        var answer =
                site.api()
                        .call(
                                method,
                                mine(path),
                                mine(Objects.requireNonNullElse(body, "")).replace('\'', '"'));

        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.body().path("field").textValue()).as("%s", answer).contains(field);
        assertThat(answer.body().path("remedy").textValue()).isNotBlank();
    }

    private String mine(String text) {
        return text.replace("FS", team.world().fileSystem()).replace("ID", TASK);
    }

    private static String in(String[] there, String text) {
        return text.replace("REGION", there[0]).replace("ACCOUNT", there[1]);
    }

    private int writes() {
        return (int)
                site.aws().gateway().calls().writes().stream()
                        .filter(call -> MAKE.contains(call.service()))
                        .filter(call -> BY_HAND.stream().anyMatch(call.caller()::is))
                        .count();
    }
}
