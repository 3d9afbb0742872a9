package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.gateway.RecordedCall;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.efs.model.AccessPointDescription;
import software.amazon.awssdk.services.efs.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class AccessPointsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MANY = 1000;

    private final Site site;
    private final Team team;
    private final Wire wire;

    AccessPointsIT(Site site) {
        this.site = site;
        this.team = site.team("points");
        this.wire = new Wire(site);
    }

    @Test
    void a_request_on_the_bus_is_answered_with_the_access_point_and_its_own_correlation_id() {
        request(wanted("answered").put("correlationId", "c-ready"));

        var ready = answer("Access Point Ready", "c-ready");

        assertThat(ready.path("accessPointId").asText())
                .isEqualTo(team.accessPoint("/points/answered").orElseThrow());
        assertThat(ready.path("uid").asInt()).isEqualTo(1000);
    }

    @Test
    void a_request_that_is_refused_is_answered_with_the_reason_and_its_own_correlation_id() {
        request(wanted("refused").put("uid", 0).put("correlationId", "c-refused"));

        var refused = answer("Access Point Refused", "c-refused");

        assertThat(refused.path("field").asText()).endsWith("uid");
        assertThat(refused.path("remedy").asText()).isNotBlank();
        assertThat(team.accessPoint("/points/refused")).isEmpty();
    }

    @Test
    void a_hundred_equal_requests_at_once_make_one() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 100)
                    .forEach(n ->
                            threads.execute(() ->
                                    request(
                                            wanted("hundred")
                                                    .put("uid", "auto")
                                                    .put("correlationId", "hundred-" + n))));
        }

        Await.untilTrue("a hundred answers", SOON, () -> hundred().count() == 100);

        assertThat(
                        hundred()
                                .map(ready -> ready.path("accessPointId").asText())
                                .collect(Collectors.toSet()))
                .containsExactly(team.accessPoint("/points/hundred").orElseThrow());
        assertThat(points(team.world().fileSystem()))
                .filteredOn(point -> point.rootDirectory().path().equals("/points/hundred"))
                .hasSize(1);
    }

    @Test
    void a_thousand_on_the_file_system_cost_the_calls_of_the_first_ten() {
        var fileSystem = openFileSystem();
        var first = callsOfTen(fileSystem, "few");
        fill(fileSystem);
        var later = callsOfTen(fileSystem, "many");

        assertThat(points(fileSystem)).hasSize(MANY + 20);
        assertThat(later).isEqualTo(first);
        assertThat(first)
                .isEqualTo(
                        Stream.of("DescribeFileSystems", "CreateAccessPoint", "PutEvents")
                                .collect(Collectors.toMap(name -> name, _ -> 10L)));
    }

    /** What the function called for ten new access points, asked for one after the other. */
    private Map<String, Long> callsOfTen(String fileSystem, String prefix) {
        var before = calls().size();
        for (var n = 0; n < 10; n++) {
            var wanted = wanted(prefix + n).put("fileSystem", fileSystem);
            var answer = site.api().call("POST", "/access-points", wanted.toString());
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        }
        var calls = calls();
        return calls.subList(before, calls.size()).stream()
                .collect(Collectors.groupingBy(RecordedCall::operation, Collectors.counting()));
    }

    private List<RecordedCall> calls() {
        return site.aws().gateway().calls().by("access-points");
    }

    /** Without tokens of their own, so that the local EFS need not compare them with all others. */
    private void fill(String fileSystem) {
        try (var threads = Executors.newFixedThreadPool(8)) {
            IntStream.range(0, MANY)
                    .forEach(_ ->
                            threads.execute(() ->
                                    team.user()
                                            .efs()
                                            .createAccessPoint(r ->
                                                    r.clientToken("").fileSystemId(fileSystem))));
        }
    }

    private ObjectNode wanted(String volume) {
        return Json.object()
                .put("fileSystem", team.world().fileSystem())
                .put("family", "points")
                .put("volume", volume);
    }

    private void request(ObjectNode detail) {
        var entry =
                PutEventsRequestEntry.builder()
                        .source("efs-autopilot.request")
                        .detailType("Access Point Requested")
                        .detail(detail.toString())
                        .build();
        assertThat(team.user().events().putEvents(r -> r.entries(entry)).failedEntryCount())
                .isZero();
    }

    private JsonNode answer(String detailType, String correlationId) {
        return Await.until(
                detailType,
                SOON,
                () ->
                        wire.told(detailType).stream()
                                .filter(told -> correlation(told).equals(correlationId))
                                .findFirst());
    }

    private Stream<JsonNode> hundred() {
        return wire.told("Access Point Ready").stream()
                .filter(told -> correlation(told).startsWith("hundred-"));
    }

    private static String correlation(JsonNode told) {
        return told.path("correlationId").asText();
    }

    private String openFileSystem() {
        return team.user()
                .efs()
                .createFileSystem(r ->
                        r.creationToken("full")
                                .tags(Tag.builder().key("efs-autopilot/allow").value("/").build()))
                .fileSystemId();
    }

    private List<AccessPointDescription> points(String fileSystem) {
        return team.user()
                .efs()
                .describeAccessPoints(r -> r.fileSystemId(fileSystem).maxResults(10_000))
                .accessPoints();
    }
}
