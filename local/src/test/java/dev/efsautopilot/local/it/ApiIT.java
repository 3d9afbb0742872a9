package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.user.Team;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

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
