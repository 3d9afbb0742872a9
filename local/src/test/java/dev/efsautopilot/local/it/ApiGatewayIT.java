package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.user.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What API Gateway answers by itself, in the words of the template, and wakes no function for. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class ApiGatewayIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Site site;
    private final List<String> invoked = new ArrayList<>();

    ApiGatewayIT(Site site) {
        this.site = site;
        site.aws()
                .functionLogs()
                .listen((function, line) -> {
                    if (line.contains("platform.report")) {
                        synchronized (invoked) {
                            invoked.add(function);
                        }
                    }
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/access-points | access-points | {oops | no JSON",
                "/access-points | access-points | [] | object",
                "/access-points | access-points | {'volume':'d'} | family",
                "/access-points | access-points | {'family':'a','volume':7} | volume",
                "/access-points | access-points | {'family':'a','volume':'a b'} | volume",
                "/access-points | access-points | {'family':'a','volume':'d','uid':0} | uid",
                "/access-points | access-points | {'family':'a','volume':'d','colour':'red'} | colour",
                "/diagnosis | doctor | {'taskDefinition':'a'} | subnets",
                "/diagnosis | doctor | {'taskDefinition':'a','subnets':'b'} | subnets",
            })
    void a_body_that_breaks_its_model_is_a_400_for_which_no_function_is_woken(
            String path, String function, String body, String named) {
        var before = invocations(function);

        var answer = site.api().call("POST", path, body.replace('\'', '"'));

        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.body().path("field").textValue()).isEqualTo("body");
        assertThat(answer.body().path("violations").textValue()).contains(named);
        assertThat(answer.body().path("remedy").textValue()).contains("openapi.yaml");
        // The next one that wakes it is the first.
        var diagnosis = "{\"taskDefinition\":\"nothing\",\"subnets\":[\"subnet-1\"]}";
        var point = "{\"family\":\"a\",\"volume\":\"d\",\"fileSystem\":\"fs-00000000\"}";
        var good = function.equals("doctor") ? diagnosis : point;
        assertThat(site.api().call("POST", path, good).status()).isEqualTo(404);
        Await.untilTrue("a report", SOON, () -> invocations(function) > before);
        assertThat(invocations(function)).isEqualTo(before + 1);
    }

    @Test
    void a_call_that_is_not_signed_is_a_403() throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(site.aws().api() + "/access-points"))
                        .POST(BodyPublishers.ofString("{}"))
                        .build();

        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
            assertThat(problem(answer.body()).path("remedy").textValue()).contains("sign it");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /colours",
        "GET, /access-points",
        "DELETE, /clusters/a/tasks/b/rerun",
        "POST, /clusters/a/storage/more"
    })
    void a_route_that_is_not_there_is_a_403(String method, String path) {
        var answer = site.api().http().send(method, path, "", Map.of());

        assertThat(answer.status()).as("%s", answer).isEqualTo(403);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(problem(answer.text()).path("detail").textValue()).contains("no route");
    }

    @Test
    void more_requests_than_the_rate_allows_are_a_429() {
        var answers =
                IntStream.range(0, 60)
                        .mapToObj(_ -> site.api().call("POST", "/nfs-ingress", "{}"))
                        .toList();

        assertThat(answers).extracting(answer -> answer.status()).contains(400, 429);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 429)
                .allSatisfy(answer ->
                        assertThat(answer.body().path("remedy").textValue())
                                .isEqualTo("wait a second, and ask again"));
        Await.untilTrue(
                "room", SOON, () -> site.api().call("POST", "/nfs-ingress", "{}").status() == 400);
    }

    private long invocations(String function) {
        synchronized (invoked) {
            return invoked.stream().filter(name -> name.endsWith("-" + function)).count();
        }
    }

    private static JsonNode problem(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
