package dev.efsautopilot.local.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.api.OpenApi;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.user.Team;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.LaunchType;

@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class ApiIT {

    private final Site site;
    private final Team team;

    ApiIT(Site site) {
        this.site = site;
        this.team = site.team("api");
    }

    @Test
    void a_call_that_is_not_signed_is_turned_away() throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(site.aws().api() + "/access-points"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();

        try (var client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void a_dry_run_shows_the_access_point_and_makes_none() {
        var answer = site.api().call("POST", "/access-points", accessPoint("dry", true));

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.body().path("outcome").textValue()).isEqualTo("planned");
        assertThat(answer.body().path("steps").toString()).contains("CreateAccessPoint");
        assertThat(team.accessPoint("/api/dry")).isEmpty();
    }

    @Test
    void the_same_access_point_asked_for_twice_is_one() {
        var first = site.api().call("POST", "/access-points", accessPoint("twice", false));
        var second = site.api().call("POST", "/access-points", accessPoint("twice", false));

        assertThat(first.status()).as("%s", first).isEqualTo(200);
        assertThat(first.body().path("accessPointId").textValue())
                .isEqualTo(team.accessPoint("/api/twice").orElseThrow());
        assertThat(second.body().path("accessPointId"))
                .isEqualTo(first.body().path("accessPointId"));
    }

    @Test
    void a_path_outside_the_file_system_is_refused_with_field_and_remedy() {
        var body =
                Json.MAPPER
                        .createObjectNode()
                        .put("fileSystem", team.world().fileSystem())
                        .put("family", "api")
                        .put("volume", "data")
                        .put("path", "/../etc");

        var answer = site.api().call("POST", "/access-points", body.toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("field").textValue()).contains("path");
        assertThat(answer.body().path("remedy").textValue()).isNotBlank();
    }

    @Test
    void a_revision_that_has_its_volumes_needs_nothing() {
        team.register("api-plan", Map.of("efs-autopilot/volume/data", team.volumeWords()));
        team.revision("api-plan", 2);

        var answer = site.api().call("POST", "/task-definitions/api-plan:1/volumes", "");

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.body().path("outcome").textValue()).isEqualTo("unchanged");
        assertThat(team.user().newestRevision("api-plan").definition().revision()).isEqualTo(2);
    }

    @Test
    void a_task_that_is_not_there_is_not_found() {
        var answer = site.api().call("GET", "/clusters/api/tasks/0123456789abcdef/diagnosis", "");

        assertThat(answer.status()).as("%s", answer).isEqualTo(404);
    }

    @Test
    void a_task_of_a_cluster_that_is_not_there_is_not_found() {
        var answer =
                site.api().call("GET", "/clusters/nowhere/tasks/0123456789abcdef/diagnosis", "");

        assertThat(answer.status()).as("%s", answer).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /access-points                      | {oops                                 | 400 | body",
                "POST | /access-points                      | []                                    | 400 | body",
                "POST | /access-points                      | {\"family\":\"api\",\"volume\":7}        | 400 | volume",
                "POST | /access-points                      | {\"family\":\"api\",\"colour\":\"red\"}  | 400 | colour",
                "POST | /access-points?dryrun=true          | {\"family\":\"api\",\"volume\":\"d\"}    | 400 | dryrun",
                "POST | /nfs-ingress                        | {\"cluster\":\"api\"}                   | 400 | task",
                "POST | /nfs-ingress                        | {\"cluster\":\"api\",\"family\":\"no\"}  | 409 | family",
                "POST | /nfs-ingress                        | {\"cluster\":\"no\",\"task\":\"abc\"}    | 404 | task",
                "POST | /nfs-ingress                        | {\"cluster\":\"api\",\"service\":\"no\"} | 404 | service",
                "POST | /task-definitions/api:1/volumes     | {\"dryRun\":\"maybe\"}                  | 400 | dryRun",
                "POST | /diagnosis                          | {\"taskDefinition\":\"api\"}            | 400 | subnets",
                "POST | /clusters/api/tasks/abc/rerun       | {\"stop\":\"perhaps\"}                  | 400 | stop",
                "POST | /clusters/api/tasks/abc/rerun       | {\"task\":\"def\"}                      | 400 | task",
                "GET  | /file-systems/fs-00000000/access-points | |404 | fileSystem",
                "GET  | /file-systems/shared/access-points  |                                       | 400 | fileSystem",
                "GET  | /file-systems/fs-00000000/access-points?limit=0 | | 400 | limit"
            })
    void what_can_not_be_done_is_a_problem_that_names_the_field(
            String method, String path, @Nullable String body, int status, String field) {
        var answer = site.api().call(method, path, Objects.requireNonNullElse(body, ""));

        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.body().path("field").textValue()).contains(field);
        assertThat(answer.body().path("remedy").textValue()).isNotBlank();
        assertThat(team.accessPoint("/api/d")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:ecs:eu-west-1:999999999999:task-definition/api:1, 403",
        "arn:aws:ecs:us-east-1:000000000000:task-definition/api:1, 404"
    })
    void what_is_of_another_account_or_region_is_not_looked_for(String arn, int status) {
        var body =
                Json.MAPPER
                        .createObjectNode()
                        .put("taskDefinition", arn)
                        .set("subnets", Json.MAPPER.createArrayNode().add("subnet-1"));

        var answer = site.api().call("POST", "/diagnosis", body.toString());

        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.body().path("field").textValue()).isEqualTo("taskDefinition");
    }

    @Test
    void more_than_the_limit_is_too_large() {
        var body = "{\"family\":\"" + "x".repeat(70_000) + "\"}";

        assertThat(site.api().call("POST", "/access-points", body).status()).isEqualTo(413);
    }

    @Test
    void a_file_system_whose_owner_did_not_opt_in_is_not_listed() {
        var closed = Ground.notAllowed(team, "closed").world().fileSystem();

        assertThat(
                        site.api()
                                .call("GET", "/file-systems/" + closed + "/access-points", "")
                                .status())
                .isEqualTo(403);
    }

    @Test
    void the_script_drives_every_route() throws IOException, InterruptedException {
        team.register(
                "api-script",
                Map.of(
                        "efs-autopilot/volume/data",
                        team.volumeWords(),
                        "efs-autopilot/rerun",
                        "on=infrastructure attempts=3"));
        team.revision("api-script", 2);
        var task = team.await(team.run("api-script", team.world().home()), "RUNNING");
        var stopped = team.await(team.run("api-script", team.world().home()), "RUNNING");
        team.user().ecs().stopTask(r -> r.cluster("api").task(stopped.taskArn()).reason("done"));
        team.await(stopped, "STOPPED");
        service("api-script");

        var printed =
                script(
                        Map.of(
                                "TASK",
                                Team.id(task),
                                "STOPPED_TASK",
                                Team.id(stopped),
                                "SERVICE",
                                "api-script",
                                "TASK_DEFINITION",
                                "api-script:1"));

        for (var route : OpenApi.of(Site.ROOT).routes()) {
            var path = Pattern.quote(route.path()).replaceAll("\\{[^}]+}", "\\\\E[^/?]+\\\\Q");
            assertThat(printed.lines())
                    .as(route.method() + " " + route.path())
                    .anyMatch(
                            line -> line.matches("200 " + route.method() + " " + path + "[ ?].*"));
        }
        assertThat(team.accessPoint("/api-script/by-hand")).isPresent();
        assertThat(team.tasks("api-script")).hasSizeBetween(3, 4);
    }

    private void service(String name) {
        team.user()
                .ecs()
                .createService(r ->
                        r.cluster("api")
                                .serviceName(name)
                                .taskDefinition(name + ":2")
                                .desiredCount(0)
                                .launchType(LaunchType.FARGATE)
                                .networkConfiguration(n ->
                                        n.awsvpcConfiguration(a ->
                                                a.subnets(team.world().home().subnetId())
                                                        .securityGroups(
                                                                team.world().taskGroup()))));
    }

    private String script(Map<String, String> names) throws IOException, InterruptedException {
        var pictures = Files.createDirectories(Site.ROOT.resolve("local/target/pictures"));
        var builder =
                new ProcessBuilder("bash", Site.ROOT.resolve("examples/api.sh").toString())
                        .redirectErrorStream(true);
        var environment = builder.environment();
        environment.putAll(names);
        environment.putAll(
                Map.of(
                        "API_URL", site.aws().api().toString(),
                        "AWS_REGION", LocalAws.REGION,
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test",
                        "CLUSTER", "api",
                        "FILE_SYSTEM", team.world().fileSystem(),
                        "SUBNET", team.world().home().subnetId(),
                        "SECURITY_GROUP", team.world().taskGroup(),
                        "PICTURES", pictures.toString()));
        var process = builder.start();
        var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private String accessPoint(String volume, boolean dryRun) {
        return Json.MAPPER
                .createObjectNode()
                .put("fileSystem", team.world().fileSystem())
                .put("family", "api")
                .put("volume", volume)
                .put("dryRun", dryRun)
                .toString();
    }
}
