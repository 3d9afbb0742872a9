package dev.efsautopilot.local.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.api.OpenApi;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.user.Team;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
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
    void a_revision_that_has_its_volumes_needs_nothing() {
        team.register("api-plan", Map.of("efs-autopilot/volume/data", team.volumeWords()));
        team.revision("api-plan", 2);

        var answer = site.api().call("POST", "/task-definitions/api-plan:1/volumes", "");

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.body().path("outcome").textValue()).isEqualTo("unchanged");
        assertThat(team.user().newestRevision("api-plan").definition().revision()).isEqualTo(2);
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

        var document = OpenApi.of(Site.ROOT);
        for (var route : document.routes()) {
            var path = Pattern.quote(route.path()).replaceAll("\\{[^}]+}", "\\\\E[^/?]+\\\\Q");
            var call = Pattern.compile("200 " + route.method() + " " + path + "[ ?].*");
            var calls = printed.lines().filter(call.asMatchPredicate()).toList();
            assertThat(calls).as(call.pattern()).anyMatch(line -> !isDry(line));
            assertThat(calls.stream().anyMatch(ApiIT::isDry))
                    .as("dry run of " + call.pattern())
                    .isEqualTo(takesDryRun(document, route));
        }
        assertThat(team.accessPoint("/api-script/by-hand")).isPresent();
        assertThat(team.tasks("api-script")).hasSizeBetween(3, 4);
    }

    private static boolean takesDryRun(OpenApi document, OpenApi.Route route) {
        return route.operation()
                .path("parameters")
                .valueStream()
                .anyMatch(it -> document.resolved(it).path("name").asText().equals("dryRun"));
    }

    private static boolean isDry(String line) {
        return line.contains("dryRun=true") || line.contains("\"dryRun\":true");
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
