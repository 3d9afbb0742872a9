package dev.efsautopilot.local.demo;

import dev.efsautopilot.local.tasks.TaskControl;
import dev.efsautopilot.local.user.SignedHttp;
import dev.efsautopilot.local.user.Team;
import dev.efsautopilot.local.user.User;
import dev.efsautopilot.local.user.World;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/**
 * What the user of the story does, act by act, with ordinary calls to AWS.
 *
 * @param team who does it
 * @param aws what only AWS can do to a task
 * @param says hears what the user does
 */
record Story(Team team, TaskControl aws, Consumer<String> says) {

    /** The task with its volume written by hand, on AWS without the automation. */
    Task byHand() {
        says.accept("register-task-definition orders-by-hand, its EFS volume written by hand");
        team.registerByHand("orders-by-hand");
        return team.await(run("orders-by-hand", world().home()), "STOPPED");
    }

    /** A task definition with one tag becomes a revision with a volume. */
    User.Revision tagged(String family) {
        says.accept("register-task-definition " + family + " with one tag for the volume");
        team.register(
                family,
                Map.of(
                        "efs-autopilot/volume/data",
                        team.volumeWords(),
                        "efs-autopilot/rerun",
                        "on=infrastructure attempts=3 backoff=1s"));
        return team.revision(family, 2);
    }

    /** The task that the story is about runs. */
    Task running() {
        return team.await(run("orders", world().home()), "RUNNING");
    }

    /** Its host is lost: Spot takes it back, and another task takes its place. */
    Task hostLost(Task first) {
        says.accept("Spot takes the host of " + Team.id(first) + " back");
        aws.spot(first.taskArn(), Duration.ofSeconds(1));
        return team.awaitSuccessor("orders", first);
    }

    /** Somebody takes the rule away that a running task needs. */
    void revoked() {
        says.accept("revoke-security-group-ingress of NFS from " + world().taskGroup());
        team.revoke(team.nfsRules());
        team.awaitNfsRules();
    }

    /** A task in a zone without a mount target, which nothing can help but a person. */
    Task hopeless() {
        tagged("orders-remote");
        return team.await(run("orders-remote", world().remote()), "STOPPED");
    }

    /** Why it did not start, asked of the API. */
    SignedHttp.Answer diagnosis(SignedHttp api, Task task) {
        var path = "/clusters/" + world().cluster() + "/tasks/" + Team.id(task) + "/diagnosis";
        says.accept("GET " + path);
        return api.call("GET", path, "");
    }

    /** An access point is asked for on the bus, by whoever needs one at run time. */
    void requested() {
        says.accept("put-events Access Point Requested for the job import-42");
        var detail =
                """
                {"fileSystem":"%s","family":"import","volume":"job-42","uid":1001,"gid":1001}\
                """
                        .formatted(world().fileSystem());
        var entry =
                PutEventsRequestEntry.builder()
                        .source("efs-autopilot.request")
                        .detailType("Access Point Requested")
                        .detail(detail)
                        .build();
        team.user().events().putEvents(r -> r.entries(entry));
        team.awaitAccessPoint("/import/job-42");
    }

    private Task run(String family, Subnet subnet) {
        says.accept("run-task " + family + " on FARGATE_SPOT in " + subnet.availabilityZone());
        return team.run(family, subnet);
    }

    private World world() {
        return team.world();
    }
}
