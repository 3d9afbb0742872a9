package dev.efsautopilot.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.aws.Workload;
import dev.efsautopilot.event.EventFiles;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Step;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class ProvideVolumesTest {

    private static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");
    private static final String S3 =
            "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-0123456789abcdef0";
    private static final String TAG = "efs-autopilot/volume/data";

    private final FakeAws aws = new FakeAws();
    private final Clients clients = new Clients(aws, Optional.of(URI.create("http://aws")));
    private final ProvideVolumes provide = provide(Map.of());

    @BeforeAll
    static void credentials() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        System.setProperty("aws.region", "eu-west-1");
    }

    @Test
    void one_tag_becomes_one_access_point_and_one_revision() {
        source("fs=fs-00000001 mount=/data uid=999");

        assertThat(steps(of("orders:1")))
                .containsExactly("CreateAccessPoint", "RegisterRevision", "TagRevision");
        assertThat(revision(2).at("/volumes/0/efsVolumeConfiguration/authorizationConfig"))
                .hasToString("{\"accessPointId\":\"fsap-00000001\",\"iam\":\"DISABLED\"}");
        assertThat(revision(2).path("fieldOfTomorrow").asInt()).isEqualTo(3);
        assertThat(tags(2))
                .containsEntry("efs-autopilot/source", "orders:1")
                .containsEntry("efs-autopilot/managed", "ecs-efs-autopilot")
                .containsEntry("team", "orders")
                .doesNotContainKey("efs-autopilot/status");
        assertThat(tags(1))
                .containsEntry("efs-autopilot/status", "ready orders:2")
                .containsEntry("efs-autopilot/derived", "orders:2");
        assertThat(told()).containsExactly("Volume Ready");
    }

    @Test
    void a_second_event_changes_nothing_and_our_own_revision_is_left_alone() {
        source("fs=fs-00000001 mount=/data");
        of("orders:1");
        aws.calls.clear();

        assertThat(steps(of("orders:1"))).isEmpty();
        assertThat(of("orders:2")).isInstanceOf(Outcome.Ignored.class);
        assertThat(aws.changes()).isEmpty();
    }

    @Test
    void a_lost_tag_is_put_back_without_another_revision() {
        source("fs=fs-00000001 mount=/data");
        of("orders:1");
        source(1)
                .putArray("tags")
                .addObject()
                .put("key", TAG)
                .put("value", "fs=fs-00000001 mount=/data");

        of("orders:1");

        assertThat(aws.revisions).hasSize(2);
        assertThat(aws.accessPoints).hasSize(1);
        assertThat(tags(1)).containsEntry("efs-autopilot/derived", "orders:2");
    }

    @Test
    void a_derived_revision_that_was_deregistered_is_made_again() {
        source("fs=fs-00000001 mount=/data");
        of("orders:1");
        source(2).put("status", "INACTIVE");

        of("orders:1");

        assertThat(tags(1)).containsEntry("efs-autopilot/derived", "orders:3");
    }

    @Test
    void other_words_are_another_revision_of_the_same_source() {
        source("fs=fs-00000001 mount=/data");
        of("orders:1");
        source(1)
                .putArray("tags")
                .addObject()
                .put("key", TAG)
                .put("value", "mount=/x fs=fs-00000001");

        of("orders:1");

        assertThat(
                        revision(3)
                                .at("/containerDefinitions/0/mountPoints/0/containerPath")
                                .textValue())
                .isEqualTo("/x");
        assertThat(tags(3)).containsEntry("efs-autopilot/source", "orders:1");
    }

    @Test
    void many_events_at_once_register_one_revision()
            throws InterruptedException, ExecutionException {
        source("fs=name:orders mount=/data uid=auto");
        try (var threads = Executors.newFixedThreadPool(20)) {
            var tries =
                    threads.invokeAll(
                            IntStream.range(0, 100)
                                    .<Callable<Integer>>mapToObj(_ -> this::tryOnce)
                                    .toList());
            for (var one : tries) {
                assertThat(one.get()).isBetween(0, 1);
            }
        }
        of("orders:1");

        assertThat(aws.revisions).hasSize(2);
        assertThat(aws.accessPoints).hasSize(1);
        assertThat(tags(1)).containsEntry("efs-autopilot/status", "ready orders:2");
    }

    private int tryOnce() {
        try {
            of("orders:1");
            return 1;
        } catch (NotYet _) {
            return 0;
        }
    }

    @Test
    void an_abandoned_claim_is_taken_over_and_the_lowest_revision_stays() {
        source("fs=fs-00000001 mount=/data");
        of("orders:1");
        aws.register(source(2).deepCopy());
        unfinished("revision#", "{\"claimed\":\"" + NOW + "\"}");
        source(1)
                .putArray("tags")
                .addObject()
                .put("key", TAG)
                .put("value", "fs=fs-00000001 mount=/data");

        assertThatThrownBy(() -> of("orders:1")).isInstanceOf(NotYet.class);
        provide.of("orders:1", _ -> List.of(), false, NOW.plus(Duration.ofHours(1)));

        assertThat(tags(1)).containsEntry("efs-autopilot/derived", "orders:2");
        assertThat(revision(3).path("status").textValue()).isEqualTo("INACTIVE");
    }

    @Test
    void a_registration_whose_answer_was_lost_is_found_by_the_next_try() {
        source("fs=fs-00000001 mount=/data");
        aws.losesRegistrations = true;

        assertThatThrownBy(() -> of("orders:1")).isInstanceOf(SdkClientException.class);
        aws.losesRegistrations = false;
        of("orders:1");

        assertThat(aws.revisions).hasSize(2);
        assertThat(tags(1)).containsEntry("efs-autopilot/derived", "orders:2");
    }

    @Test
    void a_throttled_registration_is_made_again_at_once() {
        source("fs=fs-00000001 mount=/data");
        aws.registerErrors.add("ThrottlingException");

        of("orders:1");

        assertThat(tags(1)).containsEntry("efs-autopilot/derived", "orders:2");
    }

    private void unfinished(String prefix, String body) {
        aws.ledger.forEach((key, item) -> {
            if (key.startsWith(prefix) && item instanceof ObjectNode claim) {
                claim.putObject("body").put("S", body);
            }
        });
    }

    @Test
    void a_dry_run_changes_nothing() {
        source("fs=fs-00000001 mount=/data uid=auto");

        var outcome = provide.of("orders:1", _ -> List.of(), true, NOW);

        assertThat(outcome).isInstanceOf(Outcome.Planned.class);
        assertThat(aws.changes()).isEmpty();
    }

    @Test
    void a_file_system_whose_owner_did_not_opt_in_is_not_touched() {
        aws.allow = "";
        source("fs=fs-00000001 mount=/data");

        assertThat(of("orders:1"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> {
                            assertThat(refused.refusal().kind().status()).isEqualTo(403);
                            assertThat(refused.refusal().sentence())
                                    .contains("fs-00000001", "efs-autopilot/allow");
                        });
        assertThat(tags(1).get("efs-autopilot/status")).startsWith("refused fs-00000001");
        assertThat(told()).containsExactly("Volume Refused");
        assertThat(aws.revisions).hasSize(1);
    }

    @Test
    void a_wrong_word_is_told_in_the_tag_once() {
        source("fs=fs-00000001 mount=/data size=3");
        of("orders:1");
        of("orders:1");

        assertThat(tags(1).get("efs-autopilot/status"))
                .isEqualTo(
                        "refused efs-autopilot/volume/data: size: is no word of this tag - use fs"
                                + " mount path uid gid gids mode iam or access-point");
        assertThat(aws.changes()).containsExactly("TagResource", "PutEvents", "PutEvents");
    }

    @Test
    void s3_files_that_the_stack_does_not_name_are_not_mounted() {
        source("mount=/data path=/ fs=" + S3);

        assertThat(of("orders:1"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> {
                            assertThat(refused.refusal().kind().status()).isEqualTo(403);
                            assertThat(refused.refusal().sentence()).contains("S3FileSystems");
                        });
        assertThat(aws.revisions).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/access-point/fsap-0123456789abcdef0"})
    void s3_files_that_the_stack_names_are_mounted_and_nothing_is_made_there(String named) {
        source("mount=/data access-point=fsap-0123456789abcdef0 fs=" + S3);
        source(1).put("taskRoleArn", "arn:role");

        provide(Map.of("S3_FILE_SYSTEMS", S3 + named)).of("orders:1", _ -> List.of(), false, NOW);

        assertThat(revision(2).at("/volumes/0/s3filesVolumeConfiguration/accessPointArn").asText())
                .isEqualTo(S3 + "/access-point/fsap-0123456789abcdef0");
        assertThat(aws.calls).noneMatch(call -> call.contains("file-systems"));
        assertThat(aws.accessPoints).isEmpty();
    }

    @Test
    void an_access_point_has_the_stacks_own_tags_too() {
        source("fs=fs-00000001 mount=/data");

        provide(Map.of("ACCESS_POINT_TAGS", "cost-centre=7"))
                .of("orders:1", _ -> List.of(), false, NOW);

        assertThat(aws.accessPoints.values().toString())
                .contains("{\"Key\":\"cost-centre\",\"Value\":\"7\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size=3                                 | size                  | use fs",
                "mount=web:/data                        | mount                 | name one of app",
                "mount=app:data                         | mount                 | container:/path",
                "mount=/data mount=app:/data:ro         | mount                 | another path",
                "mount=/data iam=on                     | iam                   | taskRoleArn",
                "mount=/data path=/a/b/c/d/e            | path                  | fewer levels",
                "mount=/data path=/a/../b               | path                  | each level",
                "mount=/data access-point=fsap-00000009 | access-point          | name one",
                "mount=/data fs=fs-00000001 fs=fs-1     | fs                    | once",
            })
    void a_refusal_names_tag_word_and_remedy_in_the_status_tag_the_event_and_the_answer(
            String words, String word, String remedy) {
        source("fs=fs-00000001 " + words);

        assertThat(of("orders:1"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.refusal().field()).isEqualTo(TAG + ": " + word));
        assertThat(tags(1).get("efs-autopilot/status"))
                .startsWith("refused " + TAG + ": " + word + ":")
                .contains(remedy);
        assertThat(told()).containsExactly("Volume Refused");
        assertThat(aws.told.getFirst().path("Detail").asText()).contains(TAG, word, remedy);
        assertThat(aws.revisions).hasSize(1);
        assertThat(aws.accessPoints).isEmpty();
    }

    @Test
    void a_file_system_that_is_being_made_is_waited_for() {
        aws.fileSystemState = "creating";
        source("fs=fs-00000001 mount=/data");

        assertThatThrownBy(() -> of("orders:1")).isInstanceOf(NotYet.class);
        assertThat(aws.changes()).isEmpty();
    }

    @Test
    void a_service_on_the_source_is_moved_once_and_one_that_went_back_is_left_and_said_so() {
        source("fs=fs-00000001 mount=/data");
        var workload = onSource(List.of());

        assertThat(steps(deploy(workload))).endsWith("MoveWorkload");
        assertThat(aws.services.getFirst().path("taskDefinition").textValue()).endsWith(":2");
        assertThat(steps(deploy(workload))).containsExactly("TagRevision", "LeaveWorkload");
        assertThat(tags(1).get("efs-autopilot/status"))
                .isEqualTo(
                        "ready orders:2 - a service that went back to this revision is left here");
        assertThat(aws.told.getLast().path("Detail").asText())
                .contains("\"left\":[\"arn:service\"]");
        assertThat(steps(deploy(workload))).containsExactly("LeaveWorkload");
        assertThat(steps(of("orders:1"))).isEmpty();
        assertThat(told()).hasSize(2);
    }

    @Test
    void one_that_planned_the_move_earlier_does_not_move_it_again() {
        source("fs=fs-00000001 mount=/data");
        var workload = onSource(List.of());
        deploy(workload);
        aws.calls.clear();

        move(workload, NOW);

        assertThat(aws.calls).contains("PutItem").doesNotContain("UpdateService");
    }

    @Test
    void a_move_that_was_claimed_is_waited_for_and_made_where_nobody_is_at_it_any_more() {
        source("fs=fs-00000001 mount=/data");
        var workload = onSource(List.of());
        deploy(workload);
        unfinished("moved#", "{\"claimed\":\"" + NOW + "\"}");
        aws.calls.clear();

        assertThatThrownBy(() -> move(workload, NOW.plusSeconds(60))).isInstanceOf(NotYet.class);
        assertThat(aws.calls).doesNotContain("UpdateService");
        move(workload, NOW.plusSeconds(121));
        assertThat(aws.calls).containsOnlyOnce("UpdateService");
    }

    private void move(Workload workload, Instant now) {
        var source = clients.ecs().taskDefinitions().find("orders:1").map(Revision::described);
        var target = clients.ecs().taskDefinitions().find("orders:2").map(Revision::described);
        new Moves(clients.ecs().workloads(), clients.ledger("ledger"))
                .move(workload, source.orElseThrow(), target.orElseThrow(), now);
    }

    @Test
    void a_service_that_the_circuit_breaker_rolled_back_is_left() {
        source("fs=fs-00000001 mount=/data");
        of("orders:1");
        var workload = onSource(List.of(Json.text(revision(2), "taskDefinitionArn")));

        assertThat(steps(deploy(workload))).containsExactly("TagRevision", "LeaveWorkload");
        assertThat(aws.calls).doesNotContain("UpdateService");
    }

    private Outcome deploy(Workload workload) {
        return provide.of("orders:1", _ -> List.of(workload), false, NOW);
    }

    /** A service of the source revision that asks to be moved. */
    private Workload onSource(List<String> failed) {
        var arn = Json.text(source(1), "taskDefinitionArn");
        aws.services.add(Json.MAPPER.createObjectNode().put("taskDefinition", arn));
        return new Workload(
                "arn:service",
                "arn:cluster",
                "ACTIVE",
                arn,
                "ECS",
                failed,
                Map.of("efs-autopilot/deploy", "on"));
    }

    @ParameterizedTest
    @CsvSource({"CODE_DEPLOY, ACTIVE, on", "ECS, DRAINING, on", "ECS, ACTIVE, off"})
    void a_service_of_another_controller_or_state_or_mind_is_not_moved(
            String controller, String status, String deploy) {
        source("fs=fs-00000001 mount=/data");
        var arn = Json.text(source(1), "taskDefinitionArn");
        var tags = Map.of("efs-autopilot/deploy", deploy);

        assertThat(
                        steps(
                                deploy(
                                        new Workload(
                                                "arn:service",
                                                "arn:cluster",
                                                status,
                                                arn,
                                                controller,
                                                List.of(),
                                                tags))))
                .doesNotContain("MoveWorkload");
    }

    @Test
    void two_registrations_of_a_family_at_once_are_no_refusal() {
        source("fs=fs-00000001 mount=/data");
        aws.registerErrors.add("ClientException");

        assertThat(steps(of("orders:1"))).contains("RegisterRevision");
        assertThat(tags(1)).containsEntry("efs-autopilot/status", "ready orders:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidParameterException", "ClientException"})
    void what_ecs_does_not_take_is_refused_as_ecs_says_it(String code) {
        source("fs=fs-00000001 mount=/data");
        aws.registerErrors.addAll(List.of(code, code));

        assertThat(of("orders:1"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.refusal().problem())
                                        .contains("Too many volumes"));
        assertThat(tags(1).get("efs-autopilot/status")).contains("Too many volumes");
    }

    private ProvideVolumes provide(Map<String, String> environment) {
        return new ProvideVolumes(
                clients.ecs(),
                clients.efs(),
                clients.ledger("ledger"),
                clients.bus("default"),
                Settings.of(environment));
    }

    @Test
    void the_revision_of_the_events_gets_its_volume_and_mount_point() {
        var request = (ObjectNode) EventFiles.call("register-task-definition").request();
        var tags = request.withArray("tags");
        var words = Json.text(tags.get(0), "value");
        ((ObjectNode) tags.get(0)).put("value", words.replaceAll("fs-\\w+", "fs-00000001"));
        aws.register(request);

        assertThat(steps(of("orders:1")))
                .containsExactly("CreateAccessPoint", "RegisterRevision", "TagRevision");
        assertThat(revision(2).at("/volumes/0/efsVolumeConfiguration/authorizationConfig/iam"))
                .hasToString("\"ENABLED\"");
        assertThat(revision(2).at("/containerDefinitions/0/mountPoints/0"))
                .hasToString(
                        "{\"sourceVolume\":\"data\",\"containerPath\":\"/var/lib/orders\",\"readOnly\":false}");
        assertThat(revision(2).at("/containerDefinitions/0/logConfiguration"))
                .isEqualTo(request.at("/containerDefinitions/0/logConfiguration"));
    }

    private Outcome of(String reference) {
        return provide.of(reference, _ -> List.of(), false, NOW);
    }

    private void source(String value) {
        var definition = Json.MAPPER.createObjectNode().put("family", "orders");
        definition.put("fieldOfTomorrow", 3);
        definition.putArray("containerDefinitions").addObject().put("name", "app");
        var tags = definition.putArray("tags");
        tags.addObject().put("key", TAG).put("value", value);
        tags.addObject().put("key", "team").put("value", "orders");
        tags.addObject().put("key", "aws:cloudformation:stack-name").put("value", "x");
        aws.register(definition);
    }

    private ObjectNode source(int number) {
        return Optional.ofNullable(aws.revisions.get(number)).orElseThrow();
    }

    private ObjectNode revision(int number) {
        return source(number);
    }

    private Map<String, String> tags(int number) {
        var tags = new TreeMap<String, String>();
        Json.list(source(number), "tags")
                .forEach(tag -> tags.put(Json.text(tag, "key"), Json.text(tag, "value")));
        return tags;
    }

    private List<String> told() {
        return aws.told.stream().map(entry -> Json.text(entry, "DetailType")).toList();
    }

    private static List<String> steps(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(_, var plan, _) ->
                    plan.stream().map(Step::getClass).map(Class::getSimpleName).toList();
            case Outcome other -> throw new AssertionError("not done: " + other);
        };
    }
}
