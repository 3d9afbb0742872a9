package dev.efsautopilot.local.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Task;

/** What the doctor says of tasks, services and task definitions of a real stack. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class DoctorIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Site site;
    private final Team team;

    DoctorIT(Site site) {
        this.site = site;
        this.team = site.team("doctor");
    }

    /** A default VPC has them on. */
    private void dnsHostnames(boolean on) {
        team.user()
                .ec2()
                .modifyVpcAttribute(r ->
                        r.vpcId(team.world().home().vpcId()).enableDnsHostnames(v -> v.value(on)));
    }

    @Test
    void nothing_is_broken_where_a_task_runs() {
        var ground = Ground.of(team, "fine");
        ground.team().registerByHand("doctor-fine");

        var answer = diagnosis(running(ground, "doctor-fine"));

        assertThat(answer.path("cause").textValue()).as("%s", answer).isEmpty();
        assertThat(verdicts(answer))
                .contains(
                        "security-groups-in OK",
                        "security-groups-out OK",
                        "mount-target OK",
                        "vpc-dns OK",
                        "routes OK",
                        "file-system OK")
                .noneMatch(verdict -> verdict.endsWith("BROKEN"));
    }

    @Test
    void a_task_that_stopped_had_no_mount_target_in_its_zone() {
        var ground = Ground.of(team, "zone");
        ground.team().registerByHand("doctor-zone");
        var task = ground.team().run("doctor-zone", ground.world().remote());
        ground.team().await(task, "STOPPED");

        var answer = diagnosis(task);

        assertThat(answer.path("cause").textValue()).startsWith("mount-target: ");
        assertThat(verdicts(answer)).contains("stop-reason BROKEN");
        assertThat(repair(answer, "mount-target"))
                .contains("create-mount-target", ground.world().remote().subnetId());
    }

    @Test
    void a_closed_door_is_found_and_its_owner_named_who_did_not_opt_in() {
        var ground = Ground.notAllowed(team, "closed");
        ground.team().registerByHand("doctor-closed");
        var task = ground.team().run("doctor-closed", ground.world().home());

        var answer =
                Await.until(
                        "the doctor to see where the task is",
                        SOON,
                        () ->
                                Optional.of(diagnosis(task))
                                        .filter(it ->
                                                verdicts(it)
                                                        .contains("security-groups-in BROKEN")));

        assertThat(answer.path("cause").textValue()).startsWith("security-groups-in: ");
        assertThat(repair(answer, "security-groups-in"))
                .contains("authorize-security-group-ingress", ground.world().taskGroup());
        assertThat(verdicts(answer)).contains("owner-opt-in BROKEN", "security-groups-out OK");
    }

    @Test
    void an_access_point_that_was_deleted_is_the_cause() {
        var ground = Ground.of(team, "point");
        var point =
                team.user()
                        .efs()
                        .createAccessPoint(r ->
                                r.clientToken("doctor-point")
                                        .fileSystemId(ground.world().fileSystem())
                                        .posixUser(u -> u.uid(999L).gid(999L))
                                        .rootDirectory(d ->
                                                d.path("/data")
                                                        .creationInfo(c ->
                                                                c.ownerUid(999L)
                                                                        .ownerGid(999L)
                                                                        .permissions("0750"))))
                        .accessPointId();
        registerWith(ground, point, "doctor-point");
        var task = running(ground, "doctor-point");
        assertThat(verdicts(diagnosis(task))).contains("access-point OK", "directory-owner OK");

        team.user().efs().deleteAccessPoint(r -> r.accessPointId(point));

        assertThat(diagnosis(task).path("cause").textValue()).startsWith("access-point: " + point);
    }

    @Test
    void a_service_is_looked_at_in_each_of_its_subnets() {
        var ground = Ground.of(team, "service");
        ground.team().registerByHand("doctor-service");
        team.user()
                .ecs()
                .createService(r ->
                        r.cluster("doctor")
                                .serviceName("doctor-service")
                                .taskDefinition("doctor-service")
                                .desiredCount(0)
                                .launchType(LaunchType.FARGATE)
                                .networkConfiguration(n ->
                                        n.awsvpcConfiguration(a ->
                                                a.subnets(
                                                                ground.world().home().subnetId(),
                                                                ground.world().remote().subnetId())
                                                        .securityGroups(
                                                                ground.world().taskGroup()))));
        ground.team().awaitNfsRules();

        var answer = get("/clusters/doctor/services/doctor-service/diagnosis");

        assertThat(verdicts(answer))
                .contains("mount-target OK", "mount-target BROKEN", "security-groups-in OK");
        assertThat(answer.path("cause").textValue())
                .contains(ground.world().remote().availabilityZone());
    }

    @Test
    void what_is_broken_before_a_task_is_run_is_repaired_by_itself_when_it_runs() {
        var ground = Ground.of(team, "plan");
        ground.closeEgress();
        ground.team().registerByHand("doctor-plan");

        var answer = planned(ground);

        assertThat(answer.path("cause").textValue()).startsWith("security-groups-out: ");
        assertThat(verdicts(answer))
                .contains("security-groups-out BROKEN", "security-groups-in BROKEN");
        assertThat(repair(answer, "security-groups-in")).startsWith("automatic ");
        assertThat(repair(answer, "security-groups-out")).startsWith("automatic ");
        assertThat(verdicts(diagnosis(running(ground, "doctor-plan"))))
                .contains("security-groups-in OK", "security-groups-out OK")
                .noneMatch(verdict -> verdict.endsWith("BROKEN"));
    }

    private JsonNode planned(Ground ground) {
        return Lab.diagnosis(
                site, "doctor-plan", ground.world().home().subnetId(), ground.world().taskGroup());
    }

    @Test
    void a_vpc_without_names_is_found() {
        var ground = Ground.of(team, "names");
        ground.team().registerByHand("doctor-names");
        var task = running(ground, "doctor-names");

        dnsHostnames(false);
        var answer = diagnosis(task);
        dnsHostnames(true);

        assertThat(answer.path("cause").textValue()).startsWith("vpc-dns: ");
        assertThat(repair(answer, "vpc-dns")).contains("--enable-dns-hostnames");
    }

    @Test
    void a_service_that_is_not_there_is_not_found() {
        assertThat(site.api().call("GET", "/clusters/no/services/no/diagnosis", "").status())
                .isEqualTo(404);
    }

    @Test
    void who_prefers_a_picture_gets_one() {
        var ground = Ground.of(team, "picture");
        ground.team().registerByHand("doctor-picture");
        var task = running(ground, "doctor-picture");

        var picture = site.api().get(path(task), "image/svg+xml");

        assertThat(picture.status()).isEqualTo(200);
        assertThat(picture.type()).startsWith("image/svg+xml");
        assertThat(picture.text()).startsWith("<svg ").contains("Mount target", "#1a7f37");
    }

    @Test
    void a_diagnosis_costs_the_same_beside_two_hundred_rules_and_access_points() {
        var ground = Ground.of(team, "cost");
        ground.team().registerByHand("doctor-cost");
        var task = running(ground, "doctor-cost");
        var alone = cost(task);

        Crowd.around(ground, 200);

        assertThat(cost(task)).isEqualTo(alone);
        assertThat(alone).hasSize(13);
    }

    @Test
    void the_command_line_says_the_same(@TempDir Path folder)
            throws IOException, InterruptedException {
        var ground = Ground.of(team, "line");
        ground.team().registerByHand("doctor-line");
        var task = running(ground, "doctor-line");
        var picture = folder.resolve("path.svg");

        var fine = autopilot("doctor", task.taskArn(), "--svg", picture.toString());
        team.user().efs().deleteMountTarget(r -> r.mountTargetId(ground.mountTarget()));
        var broken = autopilot("doctor", Team.id(task), "--cluster", "doctor", "--json");
        var missing = autopilot("doctor", "0123456789abcdef", "--cluster", "doctor");
        var planned =
                autopilot(
                        "doctor",
                        "--task-definition=doctor-line",
                        "--subnets=" + ground.world().home().subnetId(),
                        "--security-groups=" + ground.world().taskGroup());

        assertThat(fine.status()).as(fine.output()).isZero();
        assertThat(fine.output()).contains("ok       security-groups-in");
        assertThat(picture).content().startsWith("<svg ");
        assertThat(broken.status()).as(broken.output()).isEqualTo(1);
        assertThat(Json.MAPPER.readTree(broken.output()).path("cause").textValue())
                .startsWith("mount-target: ");
        assertThat(planned.status()).as(planned.output()).isEqualTo(1);
        assertThat(planned.output()).startsWith("broken   mount-target ");
        assertThat(missing.status()).as(missing.output()).isEqualTo(2);
        assertThat(missing.output()).startsWith("autopilot: there is no task 0123456789abcdef");
    }

    private record Ran(int status, String output) {}

    private Ran autopilot(String... arguments) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                Site.ROOT.resolve("local/target/local-1.0.0.jar").toString()));
        command.addAll(List.of(arguments));
        var errors = Files.createTempFile("doctor", ".err");
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "AWS_ENDPOINT_URL",
                                site.aws().endpoint().toString(),
                                "AWS_REGION",
                                LocalAws.REGION,
                                "AWS_ACCESS_KEY_ID",
                                "test",
                                "AWS_SECRET_ACCESS_KEY",
                                "test"));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        var status = process.waitFor();
        var said = Files.readString(errors);
        Files.delete(errors);
        return new Ran(status, output + (status == 2 ? said : ""));
    }

    /** The calls of one diagnosis, by name. */
    private List<String> cost(Task task) {
        var before = site.aws().gateway().calls().by("doctor").size();
        diagnosis(task);
        return site.aws().gateway().calls().by("doctor").stream()
                .skip(before)
                .map(call -> call.operation())
                .toList();
    }

    private void registerWith(Ground ground, String accessPoint, String family) {
        ground.team().registerByHand(family);
        var written = team.user().newestRevision(family).definition();
        var volume = written.volumes().getFirst();
        var throughPoint =
                volume.efsVolumeConfiguration().toBuilder()
                        .authorizationConfig(a -> a.accessPointId(accessPoint))
                        .build();
        team.user()
                .ecs()
                .registerTaskDefinition(
                        Team.definition(family)
                                .containerDefinitions(written.containerDefinitions())
                                .volumes(
                                        volume.toBuilder()
                                                .efsVolumeConfiguration(throughPoint)
                                                .build())
                                .build());
    }

    private static Task running(Ground ground, String family) {
        return ground.team().await(ground.team().run(family, ground.world().home()), "RUNNING");
    }

    private static String path(Task task) {
        return "/clusters/doctor/tasks/" + Team.id(task) + "/diagnosis";
    }

    private JsonNode diagnosis(Task task) {
        return get(path(task));
    }

    private JsonNode get(String path) {
        var answer = site.api().call("GET", path, "");
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.body();
    }

    private static List<String> verdicts(JsonNode answer) {
        return answer.path("findings")
                .valueStream()
                .map(it -> it.path("check").asText() + " " + it.path("verdict").asText())
                .toList();
    }

    private static String repair(JsonNode answer, String check) {
        return answer.path("findings")
                .valueStream()
                .filter(it -> it.path("check").asText().equals(check))
                .map(it -> it.path("repair").asText())
                .findFirst()
                .orElseThrow();
    }
}
