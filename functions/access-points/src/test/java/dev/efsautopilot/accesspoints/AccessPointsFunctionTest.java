package dev.efsautopilot.accesspoints;

import static java.util.Collections.synchronizedList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.Edge;
import dev.efsautopilot.event.Triggers;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.AccessPointAlreadyExistsException;
import software.amazon.awssdk.services.efs.model.AccessPointDescription;
import software.amazon.awssdk.services.efs.model.AccessPointLimitExceededException;
import software.amazon.awssdk.services.efs.model.AccessPointNotFoundException;
import software.amazon.awssdk.services.efs.model.CreateAccessPointRequest;
import software.amazon.awssdk.services.efs.model.CreateAccessPointResponse;
import software.amazon.awssdk.services.efs.model.DescribeAccessPointsRequest;
import software.amazon.awssdk.services.efs.model.DescribeAccessPointsResponse;
import software.amazon.awssdk.services.efs.model.DescribeFileSystemsRequest;
import software.amazon.awssdk.services.efs.model.DescribeFileSystemsResponse;
import software.amazon.awssdk.services.efs.model.FileSystemDescription;
import software.amazon.awssdk.services.efs.model.FileSystemNotFoundException;
import software.amazon.awssdk.services.efs.model.IncorrectFileSystemLifeCycleStateException;
import software.amazon.awssdk.services.efs.model.LifeCycleState;
import software.amazon.awssdk.services.efs.model.Tag;
import software.amazon.awssdk.services.efs.model.ThrottlingException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

class AccessPointsFunctionTest {

    private final EfsClient efs = mock(EfsClient.class, CALLS_REAL_METHODS);
    private final DynamoDbClient table = mock(DynamoDbClient.class, CALLS_REAL_METHODS);
    private final EventBridgeClient events = mock(EventBridgeClient.class, CALLS_REAL_METHODS);
    private final List<CreateAccessPointRequest> created = synchronizedList(new ArrayList<>());
    private final List<PutEventsRequestEntry> told = synchronizedList(new ArrayList<>());
    private final Map<String, Map<String, AttributeValue>> items = new ConcurrentHashMap<>();
    private final AccessPointsFunction function = function("50000-50002");

    @BeforeEach
    void aws() {
        fileSystem("/");
        doAnswer(call -> made(call.getArgument(0)))
                .when(efs)
                .createAccessPoint(any(CreateAccessPointRequest.class));
        doAnswer(
                        call -> {
                            told.addAll(call.<PutEventsRequest>getArgument(0).entries());
                            return PutEventsResponse.builder().failedEntryCount(0).build();
                        })
                .when(events)
                .putEvents(any(PutEventsRequest.class));
        doAnswer(call -> put(call.getArgument(0))).when(table).putItem(any(PutItemRequest.class));
        doAnswer(
                        call -> {
                            var key = call.<GetItemRequest>getArgument(0).key().get("pk");
                            return GetItemResponse.builder()
                                    .item(items.get(key == null ? "" : key.s()))
                                    .build();
                        })
                .when(table)
                .getItem(any(GetItemRequest.class));
    }

    @Test
    void a_request_on_the_bus_is_answered_there() throws IOException {
        var outcome = on(event("access-point-requested"));

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(told.getFirst().detailType()).isEqualTo("Access Point Ready");
        assertThat(Json.MAPPER.readTree(told.getFirst().detail()))
                .isEqualTo(
                        Json.MAPPER.readTree(
                                """
                                {"correlationId": "orders-data-2026-03-14",
                                 "accessPointId": "fsap-1", "accessPointArn": "arn:fsap-1",
                                 "fileSystemId": "fs-0123456789abcdef0", "path": "/orders/data",
                                 "uid": 999, "gid": 999, "family": "orders", "volume": "data"}\
                                """));
        assertThat(created.getFirst().tags())
                .contains(
                        tag("efs-autopilot/managed", "ecs-efs-autopilot"),
                        tag("efs-autopilot/family", "orders"),
                        tag("efs-autopilot/volume", "data"),
                        tag("Name", "orders/data"),
                        tag("cost-centre", "7"))
                .doesNotContain(tag("Name", "x"));
    }

    @Test
    void a_request_without_a_correlation_id_is_answered_with_the_events_id() throws IOException {
        var event = (ObjectNode) event("access-point-requested");
        ((ObjectNode) event.path("detail")).remove("correlationId");
        on(event);

        assertThat(told.getFirst().detail()).contains("\"" + event.path("id").textValue() + "\"");
    }

    @Test
    void http_and_bus_ask_for_the_same_access_point() throws IOException {
        on(event("access-point-requested"));
        on(event("http-access-points"));

        assertThat(created.stream().map(CreateAccessPointRequest::clientToken).distinct())
                .hasSize(1);
    }

    @Test
    void one_that_is_there_is_read_and_used_where_it_is_what_was_asked() throws IOException {
        exists(created("uid", 999), 999, LifeCycleState.AVAILABLE);

        assertThat(on(event("access-point-requested"))).isInstanceOf(Outcome.Done.class);
        verify(efs, times(1)).describeAccessPoints(any(DescribeAccessPointsRequest.class));
    }

    @Test
    void one_that_is_something_else_is_refused() throws IOException {
        exists(created("uid", 999), 998, LifeCycleState.AVAILABLE);

        assertThat(on(event("access-point-requested")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().kind().status()).isEqualTo(409));
        assertThat(told.getFirst().detailType()).isEqualTo("Access Point Refused");
        assertThat(told.getFirst().detail()).contains("orders-data-2026-03-14");
    }

    @Test
    void one_that_is_being_made_is_waited_for() throws IOException {
        exists(created("uid", 999), 999, LifeCycleState.CREATING);
        var event = event("access-point-requested");

        assertThatThrownBy(() -> on(event)).isInstanceOf(NotYet.class);
        assertThat(told).isEmpty();
    }

    @Test
    void each_directory_has_a_user_of_its_own_until_there_are_no_more()
            throws JsonProcessingException {
        for (var volume : List.of("a", "b", "c", "a", "b", "c")) {
            assertThat(on(request(volume))).isInstanceOf(Outcome.Done.class);
        }

        assertThat(created.stream().map(made -> made.posixUser().uid()).distinct())
                .containsExactlyInAnyOrder(50000L, 50001L, 50002L);
        assertThat(created.subList(0, 3).stream().map(CreateAccessPointRequest::clientToken))
                .containsExactlyElementsOf(
                        created.subList(3, 6).stream()
                                .map(CreateAccessPointRequest::clientToken)
                                .toList());
        assertThat(on(request("d")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().remedy()).contains("UidRange"));
    }

    @Test
    void a_hundred_directories_at_once_never_share_a_user()
            throws InterruptedException, ExecutionException {
        var crowded = function("60000-60099");
        var asked =
                IntStream.range(0, 100)
                        .<Callable<Outcome>>mapToObj(
                                n -> () -> crowded.on(Triggers.parse(request("v" + n))))
                        .toList();
        try (var threads = Executors.newFixedThreadPool(20)) {
            for (var outcome : threads.invokeAll(asked)) {
                assertThat(outcome.get()).isInstanceOf(Outcome.Done.class);
            }
        }

        assertThat(created.stream().map(made -> made.posixUser().uid()).distinct()).hasSize(100);
    }

    @Test
    void a_full_file_system_is_refused_a_throttled_one_is_retried() throws IOException {
        var event = event("access-point-requested");
        fails(AccessPointLimitExceededException.builder().build());
        assertThat(on(event)).isInstanceOf(Outcome.Refused.class);

        fails(ThrottlingException.builder().build());
        assertThatThrownBy(() -> on(event))
                .isInstanceOf(NotYet.class)
                .hasMessageContaining("near its limit");

        fails(IncorrectFileSystemLifeCycleStateException.builder().build());
        assertThatThrownBy(() -> on(event)).isInstanceOf(NotYet.class);
    }

    @Test
    void outside_what_the_owner_allows_nothing_is_made() throws IOException {
        fileSystem("/orde /shared");

        assertThat(on(event("http-access-points")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().kind().status()).isEqualTo(403));
        assertThat(created).isEmpty();
    }

    @Test
    void one_that_is_there_is_adopted_by_its_id_and_left_as_it_is() throws JsonProcessingException {
        there("fs-0123456789abcdef0", "/orders/data", LifeCycleState.AVAILABLE);

        assertThat(on(adoption()))
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> {
                            assertThat(done.plan().toString()).contains("AdoptAccessPoint");
                            assertThat(done.result().toString())
                                    .contains("accessPointId=fsap-00000001", "uid=7");
                        });
        assertThat(told.getFirst().detailType()).isEqualTo("Access Point Ready");
        assertThat(created).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "fs-00000000000000009, /orders/data, available, 409",
        "fs-0123456789abcdef0, /other, available, 403",
        "fs-0123456789abcdef0, /orders/data, error, 409",
    })
    void one_of_another_file_system_or_directory_is_not_adopted(
            String fileSystem, String path, String state, int status)
            throws JsonProcessingException {
        fileSystem("/orders");
        there(fileSystem, path, LifeCycleState.fromValue(state));

        assertThat(refused(adoption()).kind().status()).isEqualTo(status);
        assertThat(told.getFirst().detailType()).isEqualTo("Access Point Refused");
    }

    @Test
    void one_that_is_not_there_or_just_being_made_is_not_adopted() throws JsonProcessingException {
        doThrow(AccessPointNotFoundException.builder().build())
                .when(efs)
                .describeAccessPoints(any(DescribeAccessPointsRequest.class));
        assertThat(refused(adoption()).kind().status()).isEqualTo(404);

        there("fs-0123456789abcdef0", "/orders/data", LifeCycleState.CREATING);
        assertThatThrownBy(() -> on(adoption())).isInstanceOf(NotYet.class);
    }

    @ParameterizedTest
    @CsvSource({"uid", "gid", "gids", "mode", "path"})
    void how_it_is_made_has_no_meaning_for_one_that_is_there(String field)
            throws JsonProcessingException {
        assertThat(refused(((ObjectNode) adoption()).put(field, "1")).field()).isEqualTo(field);
    }

    @Test
    void of_a_one_zone_file_system_the_zone_is_told() throws IOException {
        fileSystem(described("/").availabilityZoneName("eu-west-1b"));
        on(event("access-point-requested"));

        assertThat(told.getFirst().detail()).contains("\"availabilityZone\":\"eu-west-1b\"");
    }

    @ParameterizedTest
    @CsvSource({"creating", "updating"})
    void a_file_system_that_is_not_available_yet_is_waited_for(String state) throws IOException {
        var event = event("access-point-requested");
        fileSystem(described("/").lifeCycleState(state));

        assertThatThrownBy(() -> on(event)).isInstanceOf(NotYet.class);
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"deleting", "deleted", "error"})
    void a_file_system_that_goes_is_refused(String state) throws IOException {
        fileSystem(described("/").lifeCycleState(state));

        assertThat(refused(event("access-point-requested")).problem()).contains(state);
        assertThat(created).isEmpty();
    }

    @Test
    void a_file_system_that_is_deleted_meanwhile_is_not_found() throws IOException {
        fails(FileSystemNotFoundException.builder().build());

        assertThat(refused(event("access-point-requested")).kind().status()).isEqualTo(404);
    }

    @Test
    void s3_files_have_no_access_points_of_ours() throws JsonProcessingException {
        var asked = (ObjectNode) request("data");
        asked.put(
                "fileSystem",
                "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-0123456789abcdef0");

        assertThat(refused(asked).problem()).contains("S3 Files");
    }

    @Test
    void a_dry_run_makes_nothing() throws JsonProcessingException {
        var asked = (ObjectNode) request("data");

        assertThat(on(asked.put("dryRun", true))).isInstanceOf(Outcome.Planned.class);
        verify(efs, never()).createAccessPoint(any(CreateAccessPointRequest.class));
        assertThat(items).isEmpty();
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"uidd,3", "family,a/b", "volume,''", "uid,0", "mode,rwx", "fileSystem,orders"})
    void a_wrong_field_is_refused_by_name(String field, String value)
            throws JsonProcessingException {
        var asked = (ObjectNode) request("data");

        assertThat(on(asked.put(field, value)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().field()).endsWith(field));
    }

    private AccessPointsFunction function(String uidRange) {
        return new AccessPointsFunction(
                Settings.of(
                        Map.of("UID_RANGE", uidRange, "ACCESS_POINT_TAGS", "cost-centre=7 Name=x")),
                Edge.efs(efs),
                Edge.ledger(table),
                Edge.bus(events));
    }

    private Outcome on(JsonNode event) {
        return function.on(Triggers.parse(event));
    }

    private Refusal refused(JsonNode event) {
        return switch (on(event)) {
            case Outcome.Refused(_, var refusal) -> refusal;
            case Outcome other -> throw new AssertionError("not refused: " + other);
        };
    }

    private static JsonNode adoption() throws JsonProcessingException {
        return Json.MAPPER.readTree(
                """
                {"fileSystem": "fs-0123456789abcdef0", "family": "orders", "volume": "data",
                 "accessPoint": "fsap-00000001"}\
                """);
    }

    private void there(String fileSystem, String path, LifeCycleState state) {
        var accessPoint =
                AccessPointDescription.builder()
                        .accessPointId("fsap-00000001")
                        .accessPointArn("arn:fsap-1")
                        .fileSystemId(fileSystem)
                        .lifeCycleState(state)
                        .posixUser(u -> u.uid(7L).gid(7L))
                        .rootDirectory(r -> r.path(path))
                        .build();
        doReturn(DescribeAccessPointsResponse.builder().accessPoints(accessPoint).build())
                .when(efs)
                .describeAccessPoints(any(DescribeAccessPointsRequest.class));
    }

    private static JsonNode request(String volume) throws JsonProcessingException {
        return Json.MAPPER.readTree(
                """
                {"fileSystem": "fs-0123456789abcdef0", "family": "orders", "volume": "%s",
                 "uid": "auto"}\
                """
                        .formatted(volume));
    }

    private static JsonNode event(String name) throws IOException {
        return Json.MAPPER.readTree(Files.readString(Path.of("../../events", name + ".json")));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private void fileSystem(String allow) {
        fileSystem(described(allow));
    }

    private static FileSystemDescription.Builder described(String allow) {
        return FileSystemDescription.builder()
                .fileSystemId("fs-0123456789abcdef0")
                .fileSystemArn("arn:fs")
                .lifeCycleState(LifeCycleState.AVAILABLE)
                .tags(tag("efs-autopilot/allow", allow));
    }

    private void fileSystem(FileSystemDescription.Builder fileSystem) {
        doReturn(DescribeFileSystemsResponse.builder().fileSystems(fileSystem.build()).build())
                .when(efs)
                .describeFileSystems(any(DescribeFileSystemsRequest.class));
    }

    private CreateAccessPointResponse made(CreateAccessPointRequest request) {
        created.add(request);
        return CreateAccessPointResponse.builder()
                .accessPointId("fsap-1")
                .accessPointArn("arn:fsap-1")
                .lifeCycleState(LifeCycleState.AVAILABLE)
                .build();
    }

    private PutItemResponse put(PutItemRequest request) {
        var key = request.item().get("pk");
        if (items.putIfAbsent(key == null ? "" : key.s(), request.item()) != null) {
            throw ConditionalCheckFailedException.builder().build();
        }
        return PutItemResponse.builder().build();
    }

    private void fails(RuntimeException failure) {
        doThrow(failure).when(efs).createAccessPoint(any(CreateAccessPointRequest.class));
    }

    /** What was sent for the request of the events, whose user is this one. */
    private CreateAccessPointRequest created(String field, long value) throws IOException {
        var event = event("access-point-requested");
        ((ObjectNode) event.path("detail")).put(field, value);
        on(event);
        told.clear();
        return created.getFirst();
    }

    private void exists(CreateAccessPointRequest asked, long uid, LifeCycleState state) {
        fails(AccessPointAlreadyExistsException.builder().accessPointId("fsap-1").build());
        doReturn(
                        DescribeAccessPointsResponse.builder()
                                .accessPoints(
                                        AccessPointDescription.builder()
                                                .accessPointId("fsap-1")
                                                .accessPointArn("arn:fsap-1")
                                                .fileSystemId(asked.fileSystemId())
                                                .lifeCycleState(state)
                                                .posixUser(u -> u.uid(uid).gid(999L))
                                                .rootDirectory(asked.rootDirectory())
                                                .tags(asked.tags())
                                                .build())
                                .build())
                .when(efs)
                .describeAccessPoints(any(DescribeAccessPointsRequest.class));
    }
}
