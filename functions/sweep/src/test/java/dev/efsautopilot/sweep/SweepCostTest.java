package dev.efsautopilot.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a sweep costs in an account with services of one task each and ten revisions of each one's
 * family, in calls of AWS: docs/sweep.md has the figures for {@code -Dsweep.services=1000}.
 */
@ExtendWith(SdkSettings.class)
class SweepCostTest {

    private static final int SERVICES = Integer.getInteger("sweep.services", 100);
    private static final int REVISIONS_OF_EACH = 10;
    private static final String ECS = "arn:aws:ecs:eu-west-1:123456789012:";

    private final FakeAws aws = new FakeAws();

    @BeforeEach
    void account() {
        aws.on("ListClusters", _ -> "{\"clusterArns\":[\"" + ECS + "cluster/c\"]}")
                .on(
                        "ListTasks",
                        body ->
                                body.contains("STOPPED")
                                        ? "{\"taskArns\":[]}"
                                        : page(body, "taskArns", "task/c/%05d", SERVICES))
                .on("DescribeTasks", SweepCostTest::tasks)
                .on("ListTaskDefinitionFamilies", body -> page(body, "families", "f%05d", SERVICES))
                .on("ListTaskDefinitions", SweepCostTest::revisions)
                .on("DescribeTaskDefinition", SweepCostTest::definition)
                .on("ListServices", body -> page(body, "serviceArns", "service/c/%05d", SERVICES))
                .on("DescribeServices", _ -> "{\"services\":[]}")
                .on("DescribeSecurityGroupRules", _ -> "<R><securityGroupRuleSet/></R>")
                .on(
                        "GET /2015-02-01/file-systems",
                        _ -> "{\"FileSystems\":[{\"FileSystemId\":\"fs-1\",\"Tags\":[]}]}")
                .on(
                        "GET /2015-02-01/access-points",
                        _ -> "{\"AccessPoints\":[" + accessPoint() + "]}");
    }

    private static String accessPoint() {
        return "{\"AccessPointId\":\"fsap-1\",\"FileSystemId\":\"fs-1\",\"LifeCycleState\":\"available\",\"RootDirectory\":{\"Path\":\"/x\"},\"Tags\":[{\"Key\":\"efs-autopilot/managed\",\"Value\":\"ecs-efs-autopilot\"},{\"Key\":\"efs-autopilot/requested-by\",\"Value\":\"task-definition/f:1\"}]}";
    }

    /** A hundred of these from the token on, as AWS pages them. */
    private static String page(String body, String name, String format, int count) {
        return page(
                body,
                name,
                count,
                number ->
                        (name.equals("families") ? "" : ECS)
                                + format.formatted(Integer.parseInt(number)));
    }

    private static String page(String body, String name, int count, UnaryOperator<String> each) {
        var from = FakeAws.tree(body).path("nextToken").asInt(0);
        var to = Math.min(from + 100, count);
        var answer = Json.MAPPER.createObjectNode();
        IntStream.range(from, to)
                .mapToObj(String::valueOf)
                .map(each)
                .forEach(answer.putArray(name)::add);
        if (to < count) {
            answer.put("nextToken", String.valueOf(to));
        }
        return answer.toString();
    }

    private static String revisions(String body) {
        return page(
                body,
                "taskDefinitionArns",
                SERVICES * REVISIONS_OF_EACH,
                number ->
                        "%stask-definition/f%05d:%d"
                                .formatted(
                                        ECS,
                                        Integer.parseInt(number) / REVISIONS_OF_EACH,
                                        1 + Integer.parseInt(number) % REVISIONS_OF_EACH));
    }

    private static String tasks(String body) {
        var answer = Json.MAPPER.createObjectNode();
        var tasks = answer.putArray("tasks");
        FakeAws.tree(body)
                .path("tasks")
                .forEach(arn ->
                        tasks.addObject()
                                .put("taskArn", arn.asText())
                                .put("clusterArn", ECS + "cluster/c")
                                .put(
                                        "taskDefinitionArn",
                                        ECS
                                                + "task-definition/f"
                                                + arn.asText().substring(arn.asText().length() - 5)
                                                + ":10")
                                .put("group", "service:s")
                                .put("lastStatus", "RUNNING")
                                .put("desiredStatus", "RUNNING"));
        return answer.toString();
    }

    /** The newest of each family is one of ours, made from the one before. */
    private static String definition(String body) {
        var name = Json.text(FakeAws.tree(body), "taskDefinition").replaceFirst(".*/", "");
        var parts = name.split(":", -1);
        var number = parts.length == 2 ? Integer.parseInt(parts[1]) : REVISIONS_OF_EACH;
        var answer = Json.MAPPER.createObjectNode();
        answer.putObject("taskDefinition")
                .put("taskDefinitionArn", ECS + "task-definition/" + parts[0] + ":" + number)
                .put("family", parts[0])
                .put("revision", number)
                .put("status", "ACTIVE");
        var key = number == REVISIONS_OF_EACH ? "source" : "derived";
        answer.putArray("tags")
                .addObject()
                .put("key", "efs-autopilot/" + key)
                .put(
                        "value",
                        parts[0] + ":" + (number == REVISIONS_OF_EACH ? number - 1 : number + 1));
        return answer.toString();
    }

    private Map<String, Integer> sweep(Map<String, String> settings) {
        aws.calls.clear();
        var outcome = Sweep.on(aws.clients(), Settings.of(settings)).all(false);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        var counts = new TreeMap<String, Integer>();
        aws.calls.forEach(call -> counts.merge(call, 1, Integer::sum));
        return counts;
    }

    private static int all(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void the_hourly_sweep_reads_each_task_and_the_newest_end_of_each_family() {
        var counts = sweep(Map.of());

        // Once for each revision that runs, twice for each family.
        assertThat(counts.get("DescribeTaskDefinition")).isEqualTo(3 * SERVICES);
        assertThat(counts)
                .containsEntry("DescribeTasks", SERVICES / 100)
                .containsEntry("ListTasks", SERVICES / 100 + 1)
                .containsEntry("ListTaskDefinitionFamilies", SERVICES / 100)
                .containsEntry("ListServices", SERVICES / 100)
                .containsEntry("DescribeServices", SERVICES / 10)
                .doesNotContainKey("ListTaskDefinitions");
        System.out.println("a sweep of " + SERVICES + " services: " + all(counts) + " calls");
        assertThat(all(counts)).isLessThan(4 * SERVICES);
    }

    @Test
    void once_a_day_every_revision_is_read_where_access_points_may_be_deleted() {
        var hourly = all(sweep(Map.of()));
        var daily = sweep(Map.of("DELETE_ACCESS_POINTS", "true"));

        System.out.println("once a day " + (all(daily) - hourly) + " more");
        assertThat(daily.get("DescribeTaskDefinition"))
                .isEqualTo((3 + REVISIONS_OF_EACH) * SERVICES);
        assertThat(all(daily) - hourly).isLessThan((REVISIONS_OF_EACH + 1) * SERVICES);
        assertThat(all(sweep(Map.of("DELETE_ACCESS_POINTS", "true")))).isEqualTo(hourly);
    }
}
