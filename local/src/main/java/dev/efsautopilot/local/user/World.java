package dev.efsautopilot.local.user;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * What is there before anything runs: a cluster, a file system with mount targets in two of three
 * zones and no ingress, a security group for tasks.
 *
 * @param cluster the cluster's name
 * @param home a subnet whose zone has a mount target
 * @param remote a subnet whose zone has none
 * @param taskGroup the tasks' security group
 * @param fileSystem the file system
 * @param nfsGroup the mount targets' security group
 */
public record World(
        String cluster,
        Subnet home,
        Subnet remote,
        String taskGroup,
        String fileSystem,
        String nfsGroup) {

    /**
     * Makes it, as a user would: the storage by deploying {@code examples/storage.yaml}.
     *
     * @param root the project's folder
     * @param name names the cluster, and begins the names of the rest
     */
    public static World make(User user, Path root, String name) {
        var subnets = user.subnets();
        var home = subnets.get(0);
        var storage = name + "-storage";
        user.ecs()
                .createCluster(
                        r -> r.clusterName(name).capacityProviders("FARGATE", "FARGATE_SPOT"));
        user.cloudFormation()
                .createStack(r ->
                        r.stackName(storage)
                                .templateBody(read(root.resolve("examples/storage.yaml")))
                                .capabilities(
                                        Capability.CAPABILITY_IAM,
                                        Capability.CAPABILITY_AUTO_EXPAND)
                                .parameters(
                                        parameter("Name", storage),
                                        parameter("VpcId", home.vpcId()),
                                        parameter(
                                                "Subnets",
                                                home.subnetId()
                                                        + ","
                                                        + subnets.get(1).subnetId())));
        return new World(
                name,
                home,
                subnets.get(2),
                user.securityGroup(name + "-tasks", home.vpcId()),
                output(user, storage, "FileSystemId"),
                output(user, storage, "SecurityGroupId"));
    }

    private static String output(User user, String stack, String key) {
        return Await.until(
                "the stack " + stack, Duration.ofSeconds(30), () -> user.output(stack, key));
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
