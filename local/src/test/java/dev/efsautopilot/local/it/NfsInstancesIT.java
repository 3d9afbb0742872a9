package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.user.Team;
import dev.efsautopilot.local.user.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceStatus;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/** Tasks on EC2: through the network interface of their container instance, or their own. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class NfsInstancesIT {

    private final Team team;
    private final NfsWitness nfs;

    NfsInstancesIT(Site site) {
        this.team = site.team("instances");
        this.nfs = new NfsWitness(site);
    }

    @ParameterizedTest
    @EnumSource(names = {"BRIDGE", "HOST"})
    void a_task_is_let_in_by_its_instances_group_and_the_next_one_changes_nothing(
            NetworkMode mode) {
        var ground = Ground.of(in("instances-" + mode), mode + "-mode");
        instance(ground, ground.world().taskGroup());
        var family = register(ground, mode);

        ground.team().await(run(ground, family), "RUNNING");
        var made = ground.team().nfsRules();
        ground.team().await(run(ground, family), "RUNNING");

        assertThat(made).hasSize(1);
        assertThat(ground.ingress()).isEqualTo(made);
    }

    @Test
    void a_task_with_a_network_interface_of_its_own_is_let_in_by_its_own_group() {
        var ground = Ground.of(in("instances-own"), "own-interface");
        var host = team.user().securityGroup("instances-host", ground.world().home().vpcId());
        instance(ground, host);
        var family = register(ground, NetworkMode.AWSVPC);
        var own =
                request(ground, family)
                        .networkConfiguration(ground.network(ground.world().taskGroup()));

        ground.team().await(team.user().ecs().runTask(own.build()).tasks().getFirst(), "RUNNING");

        assertThat(ground.sources(ground.world().nfsGroup()))
                .containsExactly(ground.world().taskGroup());
    }

    @Test
    void an_instance_that_changes_is_let_in_for_the_tasks_on_it() {
        var ground = Ground.notAllowed(in("instances-changed"), "changed");
        var instance = instance(ground, ground.world().taskGroup());
        var task = run(ground, register(ground, NetworkMode.BRIDGE));
        ground.team().await(task, "PENDING");
        nfs.awaitSilence();
        assertThat(ground.ingress()).isEmpty();

        team.user()
                .efs()
                .tagResource(r -> r.resourceId(ground.world().fileSystem()).tags(Ground.ALLOW));
        change(ground, instance);
        ground.team().await(task, "RUNNING");
        var made = ground.team().nfsRules();
        nfs.awaitSilence();
        var seen = nfs.calls("DescribeContainerInstances").size();
        change(ground, instance);
        nfs.awaitSilence();

        assertThat(nfs.calls("DescribeContainerInstances")).hasSizeGreaterThan(seen);
        assertThat(made).hasSize(1);
        assertThat(ground.ingress()).isEqualTo(made);
    }

    private void change(Ground ground, String instance) {
        status(ground, instance, ContainerInstanceStatus.DRAINING);
        status(ground, instance, ContainerInstanceStatus.ACTIVE);
    }

    private void status(Ground ground, String instance, ContainerInstanceStatus status) {
        team.user()
                .ecs()
                .updateContainerInstancesState(r ->
                        r.cluster(ground.world().cluster())
                                .containerInstances(instance)
                                .status(status));
    }

    /** The team in a new cluster, which has no other instances. */
    private Team in(String cluster) {
        var world = team.world();
        team.user().ecs().createCluster(r -> r.clusterName(cluster));
        return new Team(
                team.user(),
                new World(
                        cluster,
                        world.home(),
                        world.remote(),
                        world.taskGroup(),
                        world.fileSystem(),
                        world.nfsGroup()));
    }

    private static Task run(Ground ground, String family) {
        return ground.team()
                .user()
                .ecs()
                .runTask(request(ground, family).build())
                .tasks()
                .getFirst();
    }

    private static RunTaskRequest.Builder request(Ground ground, String family) {
        return RunTaskRequest.builder()
                .cluster(ground.world().cluster())
                .taskDefinition(family)
                .launchType(LaunchType.EC2);
    }

    private String instance(Ground ground, String group) {
        var instance =
                team.user()
                        .ec2()
                        .runInstances(r ->
                                r.imageId("ami-12345678")
                                        .minCount(1)
                                        .maxCount(1)
                                        .subnetId(ground.world().home().subnetId())
                                        .securityGroupIds(group))
                        .instances()
                        .getFirst();
        return team.user()
                .ecs()
                .registerContainerInstance(r ->
                        r.cluster(ground.world().cluster())
                                .instanceIdentityDocument(
                                        "{\"instanceId\":\"%s\"}".formatted(instance.instanceId()))
                                .attributes(
                                        Attribute.builder().name("ecs.capability.efsAuth").build()))
                .containerInstance()
                .containerInstanceArn();
    }

    /** A family for EC2 that mounts the ground's file system. */
    private String register(Ground ground, NetworkMode mode) {
        var family = ground.world().cluster();
        ground.team().registerByHand(family);
        var written = team.user().newestRevision(family).definition();
        team.user()
                .ecs()
                .registerTaskDefinition(r ->
                        r.family(family)
                                .networkMode(mode)
                                .requiresCompatibilities(Compatibility.EC2)
                                .containerDefinitions(
                                        written.containerDefinitions().getFirst().toBuilder()
                                                .memory(64)
                                                .build())
                                .volumes(written.volumes()));
        return family;
    }
}
