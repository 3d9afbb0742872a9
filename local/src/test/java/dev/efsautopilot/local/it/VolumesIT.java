package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.gateway.RecordedCall;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.MountPoint;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.efs.model.AccessPointDescription;

@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class VolumesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String DATA = "efs-autopilot/volume/data";
    private static final String STATUS = "efs-autopilot/status";

    private final Site site;
    private final Team team;
    private final Wire wire;

    VolumesIT(Site site) {
        this.site = site;
        this.team = site.team("volumes");
        this.wire = new Wire(site);
    }

    @Test
    void a_tag_becomes_a_revision_with_the_volume_and_the_source_says_which() {
        team.register("vol-one", Map.of(DATA, team.volumeWords(), "team", "orders"));

        var derived = team.revision("vol-one", 2);

        var efs = derived.definition().volumes().getFirst().efsVolumeConfiguration();
        assertThat(efs.fileSystemId()).isEqualTo(team.world().fileSystem());
        assertThat(efs.authorizationConfig().accessPointId())
                .isEqualTo(team.awaitAccessPoint("/vol-one/data"));
        assertThat(derived.definition().containerDefinitions().getFirst().mountPoints())
                .extracting(MountPoint::sourceVolume, MountPoint::containerPath)
                .containsExactly(tuple("data", "/var/lib/data"));
        assertThat(derived.definition().requiresCompatibilitiesAsStrings())
                .containsExactly("FARGATE");
        assertThat(derived.tags())
                .containsEntry("team", "orders")
                .containsEntry("efs-autopilot/source", "vol-one:1");
        assertThat(status("vol-one:1")).isEqualTo("ready vol-one:2");
        Await.until(
                "the event about vol-one:2",
                SOON,
                () ->
                        wire.told("Volume Ready").stream()
                                .filter(told -> told.path("derived").asText().equals("vol-one:2"))
                                .findFirst());
    }

    @Test
    void volumes_of_several_file_systems_reach_several_containers_and_some_only_read() {
        var other = fileSystem("vol-other", "/shared");
        var definition =
                Team.definition("vol-several")
                        .containerDefinitions(container("web"), container("worker"))
                        .tags(
                                Team.tag(DATA, words("mount=web:/data:ro mount=worker:/data")),
                                Team.tag(
                                        "efs-autopilot/volume/cache",
                                        "fs="
                                                + other
                                                + " mount=worker:/cache path=/shared/@volume"))
                        .build();
        team.user().ecs().registerTaskDefinition(definition);

        var derived = team.revision("vol-several", 2).definition();

        assertThat(derived.volumes()).extracting("name").containsExactly("cache", "data");
        assertThat(mounts(derived.containerDefinitions(), "web"))
                .containsExactly("data /data read-only");
        assertThat(mounts(derived.containerDefinitions(), "worker"))
                .containsExactlyInAnyOrder("data /data", "cache /cache");
        assertThat(derived.volumes())
                .extracting(volume -> volume.efsVolumeConfiguration().fileSystemId())
                .containsExactly(other, team.world().fileSystem());
        assertThat(points(other))
                .extracting(point -> point.rootDirectory().path())
                .containsExactly("/shared/cache");
    }

    @Test
    void a_tag_that_is_put_later_wakes_it_too() {
        team.register("vol-later", Map.of());
        tag("vol-later:1", Map.of(DATA, team.volumeWords()));

        assertThat(team.revision("vol-later", 2).tags())
                .containsEntry("efs-autopilot/source", "vol-later:1");
    }

    @Test
    void a_call_that_failed_does_nothing() {
        var wrong =
                Team.definition("vol-failed")
                        .containerDefinitions(
                                container("app").toBuilder()
                                        .mountPoints(
                                                MountPoint.builder()
                                                        .sourceVolume("nowhere")
                                                        .build())
                                        .build())
                        .tags(Team.tag(DATA, team.volumeWords()))
                        .build();

        assertThatThrownBy(() -> team.user().ecs().registerTaskDefinition(wrong))
                .isInstanceOf(EcsException.class);
        team.register("vol-after-failed", Map.of(DATA, team.volumeWords()));
        team.revision("vol-after-failed", 2);

        assertThat(called("vol-failed")).isEmpty();
    }

    @Test
    void its_own_revision_gets_no_further_one() {
        team.register("vol-own", Map.of(DATA, team.volumeWords()));
        team.revision("vol-own", 2);
        tag("vol-own:2", Map.of("efs-autopilot/rerun", "on=infrastructure"));

        Await.untilTrue(
                "the function to have looked at its own revision",
                SOON,
                () ->
                        called("task-definition/vol-own:2").stream()
                                .anyMatch(
                                        call -> call.operation().equals("DescribeTaskDefinition")));
        assertThat(
                        Await.stays(
                                Duration.ofMillis(500),
                                () -> active("vol-own").equals(List.of(1, 2))))
                .isTrue();
    }

    @Test
    void many_events_for_one_source_at_once_leave_one_derived_revision_the_lowest() {
        team.register("vol-race", Map.of());
        IntStream.range(0, 6)
                .parallel()
                .forEach(_ -> tag("vol-race:1", Map.of(DATA, team.volumeWords())));

        Await.untilTrue(
                "a status", SOON, () -> "ready vol-race:2".equals(tags("vol-race:1").get(STATUS)));
        assertThat(
                        Await.stays(
                                Duration.ofSeconds(1),
                                () -> active("vol-race").equals(List.of(1, 2))))
                .isTrue();
    }

    @Test
    void services_on_the_source_are_moved_where_that_is_asked_for_and_no_others() {
        team.register("vol-deploy", Map.of());
        service("moved", "vol-deploy:1");
        service("kept", "vol-deploy:1", Team.tag("efs-autopilot/deploy", "off"));
        team.register("vol-stay", Map.of());
        service("unasked", "vol-stay:1");

        tag("vol-stay:1", Map.of(DATA, team.volumeWords()));
        tag("vol-deploy:1", Map.of(DATA, team.volumeWords(), "efs-autopilot/deploy", "on"));

        Await.untilTrue("the move", SOON, () -> on("moved").endsWith("/vol-deploy:2"));
        team.revision("vol-stay", 2);
        Await.untilTrue(
                "a status", SOON, () -> "ready vol-stay:2".equals(tags("vol-stay:1").get(STATUS)));
        assertThat(on("kept")).endsWith("/vol-deploy:1");
        assertThat(on("unasked")).endsWith("/vol-stay:1");
    }

    @Test
    void a_service_that_goes_back_to_the_source_is_left_there_and_the_source_says_so() {
        team.register("vol-back", Map.of());
        service("back", "vol-back:1");
        tag("vol-back:1", Map.of(DATA, team.volumeWords(), "efs-autopilot/deploy", "on"));
        Await.untilTrue("the move", SOON, () -> on("back").endsWith("/vol-back:2"));

        team.user()
                .ecs()
                .updateService(r ->
                        r.cluster(team.world().cluster())
                                .service("back")
                                .taskDefinition("vol-back:1"));

        Await.untilTrue(
                "a status",
                SOON,
                () -> tags("vol-back:1").getOrDefault(STATUS, "").contains("is left here"));
        assertThat(on("back")).endsWith("/vol-back:1");
    }

    @Test
    void a_file_system_that_did_not_opt_in_is_not_touched_and_its_tasks_owner_learns_why() {
        var fileSystem =
                team.user().efs().createFileSystem(r -> r.creationToken("vol-no")).fileSystemId();
        team.register("vol-refused", Map.of(DATA, "fs=" + fileSystem + " mount=/data"));

        assertThat(status("vol-refused:1"))
                .startsWith("refused " + fileSystem + ": efs-autopilot/allow");
        var told =
                Await.until(
                        "the event",
                        SOON,
                        () ->
                                wire.told("Volume Refused").stream()
                                        .filter(detail -> detail.toString().contains(fileSystem))
                                        .findFirst());
        assertThat(told.path("taskDefinition").asText()).isEqualTo("vol-refused:1");
        assertThat(told.path("remedy").asText()).contains("efs-autopilot/allow");
        assertThat(active("vol-refused")).containsExactly(1);
        assertThat(called(fileSystem).stream().filter(RecordedCall::write))
                .extracting(RecordedCall::operation)
                .containsOnly("PutEvents", "TagResource")
                .doesNotContain("CreateAccessPoint");
        assertThat(points(fileSystem)).isEmpty();
    }

    @Test
    void fields_that_no_sdk_knows_are_in_the_derived_revision_too() {
        wire.ecs(
                "RegisterTaskDefinition",
                """
                {"family": "vol-raw", "networkMode": "awsvpc", "cpu": "256", "memory": "512",
                 "requiresCompatibilities": ["FARGATE"], "enableFaultInjection": true,
                 "fieldOfTomorrow": {"deep": [1, {"er": "x"}]},
                 "containerDefinitions": [{"name": "app", "image": "busybox"}],
                 "tags": [{"key": "%s", "value": "%s"}]}\
                """
                        .formatted(DATA, team.volumeWords()));
        team.revision("vol-raw", 2);

        var source = described("vol-raw:1");
        var derived = described("vol-raw:2");

        assertThat(derived.at("/fieldOfTomorrow/deep/1/er").asText()).isEqualTo("x");
        assertThat(derived.path("enableFaultInjection").asBoolean()).isTrue();
        assertThat(names(derived)).containsAll(names(source));
    }

    private String fileSystem(String token, String allow) {
        var tag =
                software.amazon.awssdk.services.efs.model.Tag.builder()
                        .key("efs-autopilot/allow")
                        .value(allow)
                        .build();
        return team.user()
                .efs()
                .createFileSystem(r -> r.creationToken(token).tags(tag))
                .fileSystemId();
    }

    private List<AccessPointDescription> points(String fileSystem) {
        return team.user()
                .efs()
                .describeAccessPoints(r -> r.fileSystemId(fileSystem))
                .accessPoints();
    }

    private String words(String words) {
        return "fs=" + team.world().fileSystem() + " " + words;
    }

    private static ContainerDefinition container(String name) {
        return ContainerDefinition.builder().name(name).image("busybox").essential(true).build();
    }

    private static List<String> mounts(List<ContainerDefinition> containers, String name) {
        return containers.stream()
                .filter(container -> container.name().equals(name))
                .flatMap(container -> container.mountPoints().stream())
                .map(point ->
                        point.sourceVolume()
                                + " "
                                + point.containerPath()
                                + (Boolean.TRUE.equals(point.readOnly()) ? " read-only" : ""))
                .toList();
    }

    private void tag(String revision, Map<String, String> tags) {
        var list = tags.entrySet().stream().map(t -> Team.tag(t.getKey(), t.getValue())).toList();
        team.user().ecs().tagResource(r -> r.resourceArn(arn(revision)).tags(list));
    }

    private static String arn(String revision) {
        return "arn:aws:ecs:eu-west-1:000000000000:task-definition/" + revision;
    }

    private String status(String revision) {
        return Await.until(
                "a status of " + revision,
                SOON,
                () -> Optional.ofNullable(tags(revision).get(STATUS)));
    }

    private Map<String, String> tags(String revision) {
        return team.user().newestRevision(revision).tags();
    }

    private JsonNode described(String revision) {
        return wire.ecs("DescribeTaskDefinition", "{\"taskDefinition\": \"" + revision + "\"}")
                .path("taskDefinition");
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private List<Integer> active(String family) {
        return team
                .user()
                .ecs()
                .listTaskDefinitions(
                        r -> r.familyPrefix(family).status(TaskDefinitionStatus.ACTIVE))
                .taskDefinitionArns()
                .stream()
                .map(arn -> Integer.valueOf(arn.substring(arn.lastIndexOf(':') + 1)))
                .toList();
    }

    private void service(String name, String definition, Tag... tags) {
        team.user()
                .ecs()
                .createService(r ->
                        r.cluster(team.world().cluster())
                                .serviceName(name)
                                .taskDefinition(definition)
                                .desiredCount(0)
                                .launchType(LaunchType.FARGATE)
                                .networkConfiguration(n ->
                                        n.awsvpcConfiguration(
                                                a -> a.subnets(team.world().home().subnetId())))
                                .tags(tags));
    }

    private String on(String service) {
        return team.user()
                .ecs()
                .describeServices(r -> r.cluster(team.world().cluster()).services(service))
                .services()
                .getFirst()
                .taskDefinition();
    }

    /** What the functions called about this. */
    private List<RecordedCall> called(String about) {
        return site.aws().gateway().calls().all().stream()
                .filter(call -> call.caller().isFunction())
                .filter(call -> call.parameters().toString().contains(about))
                .toList();
    }
}
