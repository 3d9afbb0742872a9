package dev.efsautopilot.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SdkSettings.class)
class AccessPointStageTest {

    private static final Instant NOON = Instant.parse("2026-03-14T12:00:00Z");
    private static final String OURS =
            "[{\"Key\":\"efs-autopilot/managed\",\"Value\":\"ecs-efs-autopilot\"},"
                    + "{\"Key\":\"efs-autopilot/requested-by\",\"Value\":\"task-definition/orders:4\"}]";

    private final FakeAws aws = new FakeAws();
    private final Memory memory = Memory.of(aws.clients().ledger("ledger"));

    /** The access point that each ACTIVE revision mounts. */
    private final Map<String, String> active = new TreeMap<>(Map.of("orders:5", "fsap-used"));

    private final Map<String, String> inactive = new TreeMap<>();
    private String tags = OURS;
    private String services = "";
    private Map<String, String> settings = Map.of("DELETE_ACCESS_POINTS", "true");

    @BeforeEach
    void answer() {
        aws.on(
                        "GET /2015-02-01/file-systems",
                        _ -> "{\"FileSystems\":[{\"FileSystemId\":\"fs-1\",\"Tags\":[]}]}")
                .on(
                        "GET /2015-02-01/access-points",
                        uri ->
                                "{\"AccessPoints\":["
                                        + (uri.contains("fsap-old") ? "" : point("fsap-used") + ",")
                                        + point("fsap-old")
                                        + "]}")
                .on("DELETE /2015-02-01/access-points/fsap-old", _ -> "")
                .on("ListTaskDefinitions", _ -> texts("taskDefinitionArns", active.keySet()))
                .on("DescribeTaskDefinition", this::described)
                .on("ListClusters", _ -> "{\"clusterArns\":[\"arn:aws:ecs:r:1:cluster/c\"]}")
                .on("ListTasks", _ -> "{\"taskArns\":[]}")
                .on(
                        "ListServices",
                        _ ->
                                services.isEmpty()
                                        ? "{\"serviceArns\":[]}"
                                        : "{\"serviceArns\":[\"arn:s\"]}")
                .on("DescribeServices", _ -> "{\"services\":[" + services + "]}");
    }

    private String point(String id) {
        return "{\"AccessPointId\":\"%s\",\"FileSystemId\":\"fs-1\",\"LifeCycleState\":\"available\",\"RootDirectory\":{\"Path\":\"/orders\"},\"Tags\":%s}"
                .formatted(id, tags);
    }

    private static String texts(String name, Iterable<String> names) {
        var arns = new ArrayList<String>();
        names.forEach(one -> arns.add("\"arn:aws:ecs:r:1:task-definition/" + one + "\""));
        return "{\"" + name + "\":[" + String.join(",", arns) + "]}";
    }

    private String described(String body) {
        var name = Json.text(FakeAws.tree(body), "taskDefinition").replaceFirst(".*/", "");
        var mounts = active.getOrDefault(name, inactive.getOrDefault(name, ""));
        return "{\"taskDefinition\":{\"volumes\":[{\"name\":\"data\",\"efsVolumeConfiguration\":{\"authorizationConfig\":{\"accessPointId\":\"%s\"}}}]}}"
                .formatted(mounts);
    }

    /** One pass each day; the access points that were deleted. */
    private List<String> passes(int from, int to) {
        var findings = new Findings();
        for (var day = from; day <= to; day++) {
            pass(findings, NOON.plus(Duration.ofDays(day)));
        }
        findings.complain();
        return deleted();
    }

    private List<String> deleted() {
        return aws.calls.stream()
                .filter(call -> call.startsWith("DELETE"))
                .map(call -> call.replaceFirst(".*/", ""))
                .collect(Collectors.toList());
    }

    private void pass(Findings findings, Instant now) {
        var stage =
                new AccessPointStage(
                        aws.clients().ecs(), aws.clients().efs(), Settings.of(settings));
        var round = new Stage.Round(findings, memory, false, now);
        for (var key : stage.keys(round, false)) {
            findings.attempt(() -> stage.look(List.of(key), round));
        }
        stage.end(round);
    }

    @Test
    void one_that_nothing_names_goes_after_its_time_and_not_before() {
        assertThat(passes(0, 29)).isEmpty();
        assertThat(passes(30, 30)).containsExactly("fsap-old");
    }

    @Test
    void nothing_is_even_looked_at_where_the_parameter_does_not_say_so() {
        settings = Map.of();
        assertThat(passes(0, 40)).isEmpty();
        assertThat(aws.calls).containsOnly("GetItem");
    }

    @Test
    void one_that_another_family_names_stays() {
        active.put("reports:1", "fsap-old");
        assertThat(passes(0, 90)).isEmpty();
    }

    @Test
    void one_that_a_deployment_may_roll_back_to_stays() {
        inactive.put("orders:3", "fsap-old");
        services =
                "{\"taskDefinition\":\"orders:5\",\"deployments\":[{\"taskDefinition\":\"arn:aws:ecs:r:1:task-definition/orders:3\"}]}";
        assertThat(passes(0, 90)).isEmpty();
    }

    @Test
    void use_in_between_begins_its_time_anew() {
        passes(0, 28);
        active.put("orders:6", "fsap-old");
        passes(29, 29);
        active.remove("orders:6");
        assertThat(passes(30, 59)).isEmpty();
        assertThat(passes(60, 60)).containsExactly("fsap-old");
    }

    @Test
    void a_revision_that_is_registered_meanwhile_keeps_it() {
        passes(0, 29);
        aws.on(
                "ListServices",
                _ -> {
                    active.put("orders:6", "fsap-old");
                    return "{\"serviceArns\":[]}";
                });
        assertThat(passes(30, 30)).isEmpty();
    }

    @Test
    void a_pass_with_a_failed_call_proves_nothing() {
        passes(0, 29);
        aws.on(
                "DescribeTaskDefinition",
                _ -> {
                    throw new IllegalStateException("no answer");
                });
        var findings = new Findings();
        pass(findings, NOON.plus(Duration.ofDays(30)));
        assertThat(deleted()).isEmpty();
        assertThat(findings.counts()).containsEntry("failed", 1);
    }

    @Test
    void one_that_a_person_another_stack_or_a_request_made_stays_and_so_does_one_to_keep() {
        for (var other :
                List.of(
                        "[]",
                        OURS.replace("ecs-efs-autopilot\"}", "another-stack\"}"),
                        OURS.replace("task-definition/orders:4", "event/1"),
                        OURS.replace("]", ",{\"Key\":\"efs-autopilot/keep\",\"Value\":\"\"}]"))) {
            tags = other;
            assertThat(passes(0, 40)).as(other).isEmpty();
        }
    }

    @Test
    void they_are_looked_at_once_a_day() {
        pass(new Findings(), NOON);
        var calls = aws.calls.size();
        pass(new Findings(), NOON.plus(Duration.ofHours(1)));
        assertThat(aws.calls).hasSize(calls);
    }
}
