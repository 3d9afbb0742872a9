package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.user.SignedHttp.Answer;
import dev.efsautopilot.local.user.Team;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way to file systems on S3 Files, whose owners opt in by a parameter of the stack. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class S3FilesIT {

    private static final String OPT_IN = "S3_FILE_SYSTEMS";
    private static final String TIMED_OUT =
            "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes:"
                    + " stderr: b'mount.nfs4: Connection timed out' : unsuccessful EFS utils command"
                    + " execution; code: 32";

    private final Site site;
    private final Team team;
    private final Wire wire;
    private final NfsWitness nfs;

    S3FilesIT(Site site) {
        this.site = site;
        this.team = site.team("s3files");
        this.wire = new Wire(site);
        this.nfs = new NfsWitness(site);
    }

    @Test
    void the_way_of_a_task_is_opened_where_the_owner_opted_in() {
        var ground = Ground.of(team, "asked");
        var fileSystem = fileSystem(ground);
        register("s3files-asked", fileSystem);
        var task = ground.running("s3files-asked");

        assertThat(open(task.taskArn()).body().toString()).contains("S3FileSystems");
        assertThat(ground.ingress()).isEmpty();

        try (var _ = new OtherSetting(site, "nfs-ingress", OPT_IN, fileSystem)) {
            assertThat(open(task.taskArn()).status()).isEqualTo(200);
            var made = ground.team().nfsRules();
            open(task.taskArn());
            assertThat(made).hasSize(1);
            assertThat(ground.ingress()).isEqualTo(made);

            ground.team().run("s3files-asked", ground.world().remote());
            nfs.awaitRefusal(fileSystem, "aws s3files create-mount-target");
        }
    }

    @Test
    void the_sweep_opens_the_way_of_a_task_that_runs() {
        var ground = Ground.of(team, "swept");
        var fileSystem = fileSystem(ground);
        register("s3files-swept", fileSystem);
        ground.running("s3files-swept");

        try (var _ = new OtherSetting(site, "sweep", OPT_IN, fileSystem)) {
            wire.invoke("sweep", "{\"sweep\": {}}");
            var made = ground.team().nfsRules();
            wire.invoke("sweep", "{\"sweep\": {}}");

            assertThat(made).hasSize(1);
            assertThat(ground.ingress()).isEqualTo(made);
        }
    }

    @Test
    void a_task_that_could_not_mount_is_run_again_when_its_way_is_open() {
        var ground = Ground.of(team, "failed");
        var fileSystem = fileSystem(ground);
        register("s3files-failed", fileSystem);

        try (var _ = new OtherSetting(site, "task-rerun", OPT_IN, fileSystem)) {
            var task = ground.running("s3files-failed");
            site.aws().gateway().tasks().stop(task.taskArn(), "TaskFailedToStart", TIMED_OUT);

            ground.team().awaitSuccessor("s3files-failed", task);
        }

        assertThat(ground.team().nfsRules()).hasSize(1);
    }

    private Answer open(String task) {
        var body =
                Json.MAPPER
                        .createObjectNode()
                        .put("cluster", team.world().cluster())
                        .put("task", task);
        return site.api().call("POST", "/nfs-ingress", body.toString());
    }

    /** A file system with a mount target behind the ground's group. */
    private String fileSystem(Ground ground) {
        var arn = wire.s3Files("/file-systems", "{}").path("fileSystemArn").asText();
        var wanted =
                Json.MAPPER
                        .createObjectNode()
                        .put("fileSystemId", arn)
                        .put("subnetId", ground.world().home().subnetId());
        wanted.putArray("securityGroups").add(ground.world().nfsGroup());
        wire.s3Files("/mount-targets", wanted.toString());
        return arn;
    }

    /** A task definition that mounts it, and is run again. */
    private JsonNode register(String family, String fileSystem) {
        return wire.ecs(
                "RegisterTaskDefinition",
                """
                {"family": "%s", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
                 "cpu": "256", "memory": "512", "taskRoleArn": "arn:aws:iam::000000000000:role/app",
                 "containerDefinitions": [{"name": "app", "image": "postgres:17",
                   "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}],
                 "volumes": [{"name": "data", "s3filesVolumeConfiguration": {"fileSystemArn": "%s"}}],
                 "tags": [{"key": "efs-autopilot/rerun", "value": "on=infrastructure backoff=1s"}]}
                """
                        .formatted(family, fileSystem));
    }
}
