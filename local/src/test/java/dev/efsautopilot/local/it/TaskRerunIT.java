package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.stack.LedgerTable;
import dev.efsautopilot.local.tasks.TaskControl;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.Volume;
import software.amazon.awssdk.services.efs.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/** Every way in which a task can stop, on the local AWS, seen by the task's owner. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class TaskRerunIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_WHILE = Duration.ofSeconds(1);
    private static final String WITH = "efs-autopilot/rerun";
    private static final String INFRASTRUCTURE = "on=infrastructure attempts=3 backoff=1s";

    private final Site site;
    private final Team team;
    private final TaskControl tasks;
    private final RerunWitness witness;
    private final LedgerTable ledger;

    TaskRerunIT(Site site) {
        this.site = site;
        this.team = site.team("rerun");
        this.tasks = site.aws().gateway().tasks();
        this.witness = new RerunWitness(site.aws());
        this.ledger = new LedgerTable(site.aws());
    }

    @Test
    void a_task_that_spot_takes_runs_again_as_it_was_launched() {
        var first = running("spot", INFRASTRUCTURE);

        tasks.spot(first.taskArn(), Duration.ofMillis(300));
        var second = team.awaitSuccessor("rerun-spot", first);

        assertThat(second.taskDefinitionArn()).isEqualTo(first.taskDefinitionArn());
        assertThat(second.capacityProviderName()).isEqualTo(first.capacityProviderName());
        assertThat(second.platformVersion()).isEqualTo(first.platformVersion());
        assertThat(second.startedBy()).isEqualTo(first.startedBy());
        assertThat(second.group()).isEqualTo(first.group());
        assertThat(second.overrides()).isEqualTo(first.overrides());
        assertThat(second.tags()).containsAll(first.tags());
        var request = witness.calls("RunTask", Team.id(first)).getFirst().parameters();
        assertThat(request.path("networkConfiguration").path("awsvpcConfiguration"))
                .isEqualTo(
                        launchOf(first).path("networkConfiguration").path("awsvpcConfiguration"));
        witness.awaitTold("Stateful Task Re-run", first.taskArn());
    }

    @Test
    void a_hundred_deliveries_of_one_stop_are_one_new_task() {
        var first = running("hundred", INFRASTRUCTURE);
        tasks.spot(first.taskArn(), Duration.ofMillis(10));
        team.await(first, "STOPPED");
        var states = witness.statesOf(first.taskArn());
        var deliveries = new ArrayList<>(states);
        deliveries.addAll(Collections.nCopies(100, states.getLast()));
        Collections.shuffle(deliveries, new Random(7));

        deliveries.forEach(this::deliver);

        Await.untilTrue("a hundred answers", SOON, () -> witness.told(first.taskArn()) >= 100);
        team.awaitSuccessor("rerun-hundred", first);
        assertThat(team.tasks("rerun-hundred")).hasSize(2);
    }

    @Test
    void a_warning_does_nothing() {
        var first = running("warned", INFRASTRUCTURE);

        tasks.spot(first.taskArn(), Duration.ofMinutes(2));

        assertThat(Await.stays(A_WHILE, () -> team.tasks("rerun-warned").size() == 1)).isTrue();
        assertThat(witness.told(first.taskArn())).isZero();
    }

    @Test
    void a_failure_is_followed_by_a_run_after_a_while_and_the_schedule_is_gone() {
        var first = running("failed", "on=failure attempts=2 backoff=1s");

        tasks.exit(first.taskArn(), 1);
        team.awaitSuccessor("rerun-failed", first);

        var scheduled = "rerun-" + Team.id(first) + "-1-0";
        assertThat(witness.calls("CreateSchedule", scheduled))
                .isNotEmpty()
                .allSatisfy(call ->
                        assertThat(call.parameters().at("/Target/DeadLetterConfig/Arn").textValue())
                                .endsWith(":ecs-efs-autopilot-dead-letters"));
        try (var scheduler = site.aws().client(SchedulerClient.builder())) {
            Await.untilTrue(
                    "the schedule to be gone",
                    SOON,
                    () ->
                            scheduler
                                    .listSchedules(r -> r.namePrefix("rerun-"))
                                    .schedules()
                                    .stream()
                                    .noneMatch(schedule -> schedule.name().equals(scheduled)));
        }
    }

    @Test
    void what_its_owner_stops_stays_stopped() {
        var first = running("wanted", "on=failure attempts=2 backoff=1s");

        team.user().ecs().stopTask(r -> r.cluster("rerun").task(first.taskArn()).reason("enough"));

        left(first, "rerun-wanted");
    }

    @Test
    void what_no_tag_names_is_left_alone() {
        team.register("rerun-untagged", Map.of());
        var first = team.await(team.run("rerun-untagged", team.world().home()), "RUNNING");

        stop(first, "SpotInterruption", "Your Spot Task was interrupted.");

        left(first, "rerun-untagged");
    }

    @Test
    void a_missing_image_is_given_up_and_told() {
        var first = running("image", "on=failure attempts=2 backoff=1s");

        stop(
                first,
                "TaskFailedToStart",
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to"
                        + " resolve ref docker.io/library/nothing:1: not found");

        var told = witness.awaitTold("Stateful Task Abandoned", first.taskArn());
        assertThat(told.toString()).contains("image-missing").contains("correct the image");
        awaitRevisionStatus(
                "rerun-image", "abandoned task " + Team.id(first) + " for image-missing");
        assertThat(team.tasks("rerun-image")).hasSize(1);
    }

    @Test
    void the_task_of_a_service_is_left_to_its_service() {
        team.register("rerun-service", Map.of(WITH, INFRASTRUCTURE));
        team.user()
                .ecs()
                .createService(r ->
                        r.cluster("rerun")
                                .serviceName("shop")
                                .taskDefinition("rerun-service")
                                .launchType(LaunchType.FARGATE)
                                .desiredCount(1)
                                .networkConfiguration(n ->
                                        n.awsvpcConfiguration(a ->
                                                a.subnets(team.world().home().subnetId())
                                                        .securityGroups(
                                                                team.world().taskGroup()))));
        var first =
                Await.until(
                        "a task of the service",
                        SOON,
                        () ->
                                team.tasks("rerun-service").stream()
                                        .filter(task -> task.lastStatus().equals("RUNNING"))
                                        .findFirst());

        stop(first, "TerminationNotice", "Host EC2 (instance i-1) terminated.");

        team.awaitSuccessor("rerun-service", first);
        assertThat(Json.text(witness.awaitOutcome(first.taskArn()), "outcome"))
                .isEqualTo("ignored");
        assertThat(witness.calls("RunTask", "rerun-service")).isEmpty();
        team.user().ecs().deleteService(r -> r.cluster("rerun").service("shop").force(true));
    }

    @Test
    void blocked_storage_is_repaired_before_the_task_runs_again() {
        team.register(
                "rerun-blocked",
                Map.of("efs-autopilot/volume/data", team.volumeWords(), WITH, INFRASTRUCTURE));
        team.revision("rerun-blocked", 2);
        var first = team.await(team.run("rerun-blocked", team.world().home()), "RUNNING");
        // While its owner has not opted in, nobody puts the rule back but who read the tag before.
        awaitSilenceOf("nfs-ingress");
        var fileSystem = team.world().fileSystem();
        team.user().efs().untagResource(r -> r.resourceId(fileSystem).tagKeys(allow()));
        team.revoke(team.nfsRules());
        assertThat(Await.stays(A_WHILE, () -> team.nfsRules().isEmpty())).isTrue();
        var optIn = Tag.builder().key(allow()).value("/").build();
        team.user().efs().tagResource(r -> r.resourceId(fileSystem).tags(optIn));

        stop(
                first,
                "TaskFailedToStart",
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS"
                        + " volumes: stderr: Mount attempt 1/3 failed due to timeout after 15 sec:"
                        + " unsuccessful EFS utils command execution; code: 32");

        team.awaitSuccessor("rerun-blocked", first);
        assertThat(team.nfsRules()).hasSize(1);
        assertThat(witness.calls("AuthorizeSecurityGroupIngress", team.world().nfsGroup()))
                .isNotEmpty();
    }

    @Test
    void the_call_that_launched_it_may_be_told_after_its_end() {
        var first = running("late", INFRASTRUCTURE);
        var launch = launchEventOf(first);
        ledger.delete(launch(first));

        stop(first, "SpotInterruption", "Your Spot Task was interrupted.");
        var waits = witness.awaitOutcome(first.taskArn());
        assertThat(waits.path("steps").toString()).contains("WaitUntil");
        deliver(launch);

        var second = team.awaitSuccessor("rerun-late", first);
        assertThat(second.overrides()).isEqualTo(first.overrides());
        assertThat(team.tasks("rerun-late")).hasSize(2);
    }

    @Test
    void a_re_run_that_does_its_work_has_recovered_and_its_tags_tell() {
        var first = running("recovered", INFRASTRUCTURE);
        tasks.spot(first.taskArn(), Duration.ofMillis(10));
        var second = team.awaitSuccessor("rerun-recovered", first);

        tasks.exit(second.taskArn(), 0);

        witness.awaitTold("Stateful Task Recovered", second.taskArn());
        awaitRevisionStatus(
                "rerun-recovered",
                "recovered task " + Team.id(second) + " - re-run 1 after spot-interruption");
        assertThat(second.tags())
                .contains(
                        Team.tag("efs-autopilot/rerun-of", Team.id(first) + "/1"),
                        Team.tag("efs-autopilot/status", "re-run 1 after spot-interruption"));
    }

    @Test
    void a_person_runs_a_task_again_that_nobody_else_would() {
        var first = running("now", INFRASTRUCTURE);
        team.user().ecs().stopTask(r -> r.cluster("rerun").task(first.taskArn()).reason("oops"));
        left(first, "rerun-now");
        var path = "/clusters/rerun/tasks/" + Team.id(first) + "/rerun";

        assertThat(site.api().call("POST", path, "{}").status()).isEqualTo(200);

        var second = team.awaitSuccessor("rerun-now", first);
        assertThat(second.overrides()).isEqualTo(first.overrides());
        assertThat(site.api().call("POST", path, "{}").status()).isEqualTo(409);
        assertThat(team.tasks("rerun-now")).hasSize(2);
    }

    @Test
    void a_volume_that_was_configured_at_launch_is_configured_so_again() {
        var ecs = team.user().ecs();
        var volume = Volume.builder().name("scratch").configuredAtLaunch(true).build();
        var configuration =
                TaskVolumeConfiguration.builder()
                        .name("scratch")
                        .managedEBSVolume(e ->
                                e.roleArn("arn:aws:iam::000000000000:role/ecsInfrastructure")
                                        .sizeInGiB(20))
                        .build();
        ecs.registerTaskDefinition(
                Team.definition("rerun-ebs")
                        .volumes(volume)
                        .tags(Team.tag(WITH, INFRASTRUCTURE))
                        .build());
        var started =
                ecs.runTask(
                        team.launch("rerun-ebs", team.world().home())
                                .volumeConfigurations(configuration)
                                .build());
        var first = team.await(started.tasks().getFirst(), "RUNNING");
        launchOf(first);

        tasks.spot(first.taskArn(), Duration.ofMillis(10));
        team.awaitSuccessor("rerun-ebs", first);

        var again = witness.calls("RunTask", Team.id(first)).getFirst().parameters();
        assertThat(again.at("/volumeConfigurations/0/managedEBSVolume/sizeInGiB").asInt())
                .isEqualTo(20);
    }

    /** Nothing here is more than Lambda's retries can do. */
    @AfterAll
    void nothing_is_a_dead_letter() {
        assertThat(new DeadLetters(site.aws()).about("/rerun/")).isEmpty();
    }

    @Test
    void a_person_ends_the_re_runs_of_a_task_and_sees_what_a_re_run_would_be() {
        var first = running("by-hand", INFRASTRUCTURE);
        var path = "/clusters/rerun/tasks/" + Team.id(first) + "/rerun";

        assertThat(site.api().call("POST", path, "{\"stop\":true}").status()).isEqualTo(200);
        stop(first, "SpotInterruption", "Your Spot Task was interrupted.");
        Await.untilTrue("the stop to be heard", SOON, () -> witness.told(first.taskArn()) > 1);
        left(first, "rerun-by-hand");

        var planned = site.api().call("POST", path, "{\"dryRun\":true}");
        assertThat(planned.body().path("steps").toString()).contains("RunAgain");
        assertThat(team.tasks("rerun-by-hand")).hasSize(1);
    }

    private void awaitRevisionStatus(String family, String begin) {
        Await.untilTrue(
                begin,
                SOON,
                () ->
                        team.user()
                                .newestRevision(family)
                                .tags()
                                .getOrDefault("efs-autopilot/rerun-status", "")
                                .startsWith(begin));
    }

    private void awaitSilenceOf(String function) {
        var calls = site.aws().gateway().calls();
        Await.untilTrue(
                function + " to be silent",
                SOON,
                () -> {
                    var now = calls.by(function).size();
                    return Await.stays(A_WHILE, () -> calls.by(function).size() == now);
                });
    }

    private Task running(String name, String policy) {
        team.register("rerun-" + name, Map.of(WITH, policy));
        var task = team.await(team.run("rerun-" + name, team.world().home()), "RUNNING");
        launchOf(task);
        return task;
    }

    /** What the ledger remembers of a launch: the call itself, once the trail has told it. */
    private JsonNode launchOf(Task task) {
        return Await.until(
                "the launch of " + Team.id(task),
                SOON,
                () ->
                        Optional.of(ledger.read(launch(task)))
                                .filter(body -> Json.text(body, "source").equals("REPLAYED"))
                                .map(body -> body.path("request")));
    }

    private RerunWitness.Event launchEventOf(Task task) {
        return witness.events(event ->
                        Json.text(event.detail(), "eventName").equals("RunTask")
                                && event.detail().toString().contains(task.taskArn()))
                .getFirst();
    }

    /** Nothing comes of its end, and nobody runs it again. */
    private void left(Task task, String family) {
        assertThat(Json.text(witness.awaitOutcome(task.taskArn()), "outcome")).isEqualTo("ignored");
        assertThat(team.tasks(family)).hasSize(1);
    }

    private void stop(Task task, String code, String reason) {
        tasks.stop(task.taskArn(), code, reason);
        team.await(task, "STOPPED");
    }

    private void deliver(RerunWitness.Event event) {
        var entry =
                PutEventsRequestEntry.builder()
                        .source("local.aws")
                        .detailType(event.detailType())
                        .detail(event.detail().toString())
                        .build();
        team.user().events().putEvents(r -> r.entries(List.of(entry)));
    }

    private static String allow() {
        return "efs-autopilot/allow";
    }

    private static String launch(Task task) {
        return "launch#" + task.taskArn();
    }
}
