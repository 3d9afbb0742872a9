package dev.efsautopilot.nfsingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.event.Triggers;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many calls each event of a task costs: the numbers in the README's "What it costs". */
final class CallsPerEventTest {

    private static final Map<String, String> SDK =
            Map.of(
                    "aws.region", "eu-west-1",
                    "aws.accessKeyId", "test",
                    "aws.secretAccessKey", "test");

    /** The four reads of the file system's side, however many rules and mounts there are. */
    private static final List<String> SIDES =
            List.of(
                    "DescribeFileSystems",
                    "DescribeMountTargets",
                    "DescribeNetworkInterfaces",
                    "DescribeSecurityGroupRules");

    private static final List<String> THE_TASK =
            List.of("DescribeNetworkInterfaces", "DescribeTasks");
    private static final List<String> A_RULE =
            List.of("AuthorizeSecurityGroupIngress", "GetItem", "PutEvents");

    /** Once an hour for a family: what it needs, under the mount target and both groups. */
    private static final List<String> NEEDS =
            List.of("BatchGetItem", "PutItem", "PutItem", "PutItem");

    private final FakeAws aws = new FakeAws();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final NfsIngressFunction function =
            new NfsIngressFunction(
                    Settings.of(Map.of("LEDGER_TABLE", "ledger")),
                    Clients.at(Optional.of(aws.endpoint())),
                    clock());

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    @BeforeAll
    static void giveTheSdkARegion() {
        SDK.forEach(System::setProperty);
    }

    @AfterAll
    static void takeItBack() {
        SDK.keySet().forEach(System::clearProperty);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    /** These calls and those lists of calls, in the order of their names. */
    private static List<String> calls(Object... parts) {
        return Stream.of(parts)
                .flatMap(part -> part instanceof List<?> list ? list.stream() : Stream.of(part))
                .map(String::valueOf)
                .sorted()
                .toList();
    }

    private Outcome task(String status, String attachments) throws JsonProcessingException {
        return on(
                "ECS Task State Change",
                """
                {"taskArn": "%s", "clusterArn": "%s", "taskDefinitionArn": "%s",
                 "lastStatus": "%s", "desiredStatus": "RUNNING", "attachments": [%s]}\
                """
                        .formatted(
                                FakeAws.TASK,
                                FakeAws.CLUSTER,
                                FakeAws.DEFINITION,
                                status,
                                attachments));
    }

    private Outcome attached(String status) throws JsonProcessingException {
        return task(
                status,
                """
                {"type": "eni", "details": [{"name": "networkInterfaceId", "value": "eni-1"}]}\
                """);
    }

    private Outcome ranTask() throws JsonProcessingException {
        return on(
                "AWS API Call via CloudTrail",
                """
                {"eventSource": "ecs.amazonaws.com", "eventName": "RunTask",
                 "eventTime": "2026-01-01T12:00:00Z",
                 "requestParameters": {"cluster": "prod", "taskDefinition": "orders",
                  "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"],
                   "securityGroups": ["sg-task"]}}},
                 "responseElements": {"tasks": [{"taskArn": "%s", "clusterArn": "%s",
                  "taskDefinitionArn": "%s"}]}}\
                """
                        .formatted(FakeAws.TASK, FakeAws.CLUSTER, FakeAws.DEFINITION));
    }

    private Outcome on(String type, String detail) throws JsonProcessingException {
        var event =
                """
                {"source": "aws.ecs", "detail-type": "%s", "detail": %s}\
                """
                        .formatted(type, detail);
        return function.on(Triggers.parse(Json.MAPPER.readTree(event)));
    }

    @Test
    void a_task_without_a_network_interface_costs_nothing() throws JsonProcessingException {
        assertThat(task("PROVISIONING", "{\"type\": \"eni\", \"details\": []}"))
                .isInstanceOf(Outcome.Ignored.class);
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void a_task_without_a_volume_costs_its_definition_once() throws JsonProcessingException {
        aws.volume = false;
        attached("PENDING");
        assertThat(aws.calls()).containsExactly("DescribeTaskDefinition");
        attached("PENDING");
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void a_closed_way_is_opened_with_three_calls_more() throws JsonProcessingException {
        assertThat(attached("PENDING")).isInstanceOf(Outcome.Done.class);
        assertThat(aws.calls())
                .isEqualTo(calls("DescribeTaskDefinition", THE_TASK, SIDES, A_RULE, NEEDS));
    }

    @Test
    void an_open_way_is_read_once_and_remembered_for_seconds() throws JsonProcessingException {
        aws.open = true;
        attached("PENDING");
        assertThat(aws.calls()).isEqualTo(calls("DescribeTaskDefinition", THE_TASK, SIDES, NEEDS));
        now = now.plusSeconds(2);
        attached("PENDING");
        assertThat(aws.calls()).isEqualTo(THE_TASK);
        now = now.plusSeconds(2);
        attached("PENDING");
        assertThat(aws.calls()).isEqualTo(calls(THE_TASK, SIDES));
    }

    @Test
    void who_needs_it_is_written_once_an_hour() throws JsonProcessingException {
        aws.open = true;
        attached("PENDING");
        aws.calls();
        now = now.plus(Duration.ofMinutes(61));
        attached("PENDING");
        assertThat(aws.calls()).isEqualTo(calls("DescribeTaskDefinition", THE_TASK, SIDES, NEEDS));
    }

    @Test
    void nothing_is_written_on_a_memory() throws JsonProcessingException {
        attached("PENDING");
        aws.calls();
        aws.open = false;
        attached("PENDING");
        assertThat(aws.calls()).isEqualTo(calls(THE_TASK, SIDES, A_RULE));
    }

    @Test
    void the_call_that_runs_a_task_opens_its_way_before_it_is_there()
            throws JsonProcessingException {
        ranTask();
        assertThat(aws.calls())
                .isEqualTo(
                        calls(
                                "PutItem",
                                "DescribeTaskDefinition",
                                "DescribeSubnets",
                                SIDES,
                                A_RULE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_container_instance_is_let_in_for_its_tasks_that_mount_through_it(boolean bridge)
            throws JsonProcessingException {
        aws.bridge = bridge;
        var outcome =
                on(
                        "ECS Container Instance State Change",
                        """
                        {"containerInstanceArn": "instance-1", "status": "ACTIVE",
                         "clusterArn": "%s"}\
                        """
                                .formatted(FakeAws.CLUSTER));
        var itsTasks = List.of("ListTasks", "DescribeTasks", "DescribeTaskDefinition");
        var itsNetwork = List.of("DescribeContainerInstances", "DescribeInstances");
        assertThat(outcome).isInstanceOf(bridge ? Outcome.Done.class : Outcome.Ignored.class);
        assertThat(aws.calls())
                .isEqualTo(bridge ? calls(itsTasks, itsNetwork, SIDES, A_RULE) : calls(itsTasks));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_whole_start_of_a_task_has_a_bound(boolean volume) throws JsonProcessingException {
        aws.volume = volume;
        ranTask();
        task("PROVISIONING", "{\"type\": \"eni\", \"details\": []}");
        attached("PENDING");
        assertThat(aws.calls()).hasSize(volume ? 20 : 2);
    }
}
