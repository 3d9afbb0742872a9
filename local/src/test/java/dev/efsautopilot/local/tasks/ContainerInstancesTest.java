package dev.efsautopilot.local.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.FakeMiniStack;
import dev.efsautopilot.local.call.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContainerInstancesTest {
    private static final String CLUSTER = "arn:aws:ecs:eu-west-1:000000000000:cluster/prod";

    private final FakeMiniStack ministack = new FakeMiniStack();
    private final ContainerInstances instances = new ContainerInstances(ministack.upstream());

    @AfterEach
    void stop() {
        ministack.close();
    }

    @Test
    void a_registered_instance_is_active_and_found_by_its_arn_and_by_its_id() {
        var instance =
                instances.register(
                        CLUSTER, "i-1", Json.parse("[{\"name\":\"ecs.capability.efsAuth\"}]"));

        var arn = arn(instance);
        assertThat(arn).startsWith(CLUSTER.replace(":cluster/", ":container-instance/") + "/");
        assertThat(instance.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(instance.at("/attributes/0/name").asText()).isEqualTo("ecs.capability.efsAuth");
        assertThat(instances.find("prod", arn)).contains(instance);
        assertThat(instances.find("prod", arn.substring(arn.lastIndexOf('/') + 1)))
                .contains(instance);
        assertThat(instances.find("test", arn)).isEmpty();
    }

    @Test
    void only_an_active_instance_of_the_cluster_takes_tasks() {
        var draining = instances.register(CLUSTER, "i-1", Json.array());
        instances.setStatus(draining, "DRAINING");
        assertThat(instances.place("prod")).isEmpty();

        var active = instances.register(CLUSTER, "i-2", Json.array());

        assertThat(instances.place("prod")).contains(active);
        assertThat(instances.place("test")).isEmpty();
    }

    @Test
    void a_change_grows_the_version_and_inactive_forgets_it() {
        var instance = instances.register(CLUSTER, "i-1", Json.array());

        var draining = instances.setStatus(instance, "DRAINING");
        assertThat(draining.path("version").asInt()).isEqualTo(2);

        assertThat(instances.setStatus(draining, "INACTIVE").path("status").asText())
                .isEqualTo("INACTIVE");
        assertThat(instances.of("prod")).isEmpty();
    }

    @Test
    void its_tasks_mount_through_the_network_interface_of_the_ec2_instance() {
        ministack.on(
                "DescribeInstances",
                _ ->
                        """
                        <R><reservationSet><item><instancesSet><item>
                          <subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId>
                          <placement><availabilityZone>eu-west-1b</availabilityZone></placement>
                          <privateIpAddress>10.0.1.9</privateIpAddress>
                          <groupSet><item><groupId>sg-1</groupId></item></groupSet>
                        </item></instancesSet></item></reservationSet></R>\
                        """);

        var host = instances.host(instances.register(CLUSTER, "i-1", Json.array())).orElseThrow();

        assertThat(host.zone()).isEqualTo("eu-west-1b");
        assertThat(host.address()).isEqualTo("10.0.1.9");
        assertThat(host.groups()).containsExactly("sg-1");
    }

    private static String arn(ObjectNode instance) {
        return instance.path("containerInstanceArn").asText();
    }
}
