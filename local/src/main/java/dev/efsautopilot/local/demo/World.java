package dev.efsautopilot.local.demo;

import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * What is there before the story begins: a cluster, a file system with mount targets in two of
 * three zones and no ingress, a security group for tasks.
 *
 * @param cluster the cluster's name
 * @param home a subnet whose zone has a mount target
 * @param remote a subnet whose zone has none
 * @param taskGroup the tasks' security group
 * @param fileSystem the file system
 * @param nfsGroup the mount targets' security group
 */
record World(
        String cluster,
        Subnet home,
        Subnet remote,
        String taskGroup,
        String fileSystem,
        String nfsGroup) {

    private static final String STORAGE = "storage";

    /** Makes it, as a user would: the storage by deploying {@code examples/storage.yaml}. */
    static World make(User user, Path root) {
        var subnets = user.subnets();
        var home = subnets.get(0);
        user.ecs()
                .createCluster(
                        r -> r.clusterName("prod").capacityProviders("FARGATE", "FARGATE_SPOT"));
        deployStorage(user, root, home, subnets.get(1));
        return new World(
                "prod",
                home,
                subnets.get(2),
                user.securityGroup("orders-tasks", home.vpcId()),
                output(user, "FileSystemId"),
                output(user, "SecurityGroupId"));
    }

    private static void deployStorage(User user, Path root, Subnet first, Subnet second) {
        user.cloudFormation()
                .createStack(r ->
                        r.stackName(STORAGE)
                                .templateBody(read(root.resolve("examples/storage.yaml")))
                                .capabilities(Capability.CAPABILITY_IAM)
                                .parameters(
                                        parameter("VpcId", first.vpcId()),
                                        parameter(
                                                "Subnets",
                                                first.subnetId() + "," + second.subnetId())));
    }

    private static String output(User user, String key) {
        return Await.until(
                "the stack " + STORAGE, Duration.ofSeconds(30), () -> user.output(STORAGE, key));
    }

    private static Parameter parameter(String key, String value) {
        return Parameter.builder().parameterKey(key).parameterValue(value).build();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
