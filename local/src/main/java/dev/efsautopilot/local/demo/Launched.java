package dev.efsautopilot.local.demo;

import dev.efsautopilot.local.user.User;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * How a task was launched, read from AWS while it runs: its network interface goes with it.
 *
 * @param tags those of its owner: a re-run also bears one that says of what
 */
record Launched(
        String revision,
        String cluster,
        String capacityProvider,
        String platformVersion,
        String group,
        String startedBy,
        List<KeyValuePair> environment,
        List<Tag> tags,
        String subnet,
        List<String> securityGroups) {

    static Launched read(User user, Task task) {
        var networkInterface =
                user.ec2()
                        .describeNetworkInterfaces(
                                r -> r.networkInterfaceIds(detail(task, "networkInterfaceId")))
                        .networkInterfaces()
                        .getFirst();
        return new Launched(
                task.taskDefinitionArn(),
                task.clusterArn(),
                task.capacityProviderName(),
                task.platformVersion(),
                task.group(),
                task.startedBy(),
                task.overrides().containerOverrides().getFirst().environment(),
                task.tags().stream()
                        .filter(tag -> !tag.key().startsWith("efs-autopilot/"))
                        .toList(),
                detail(task, "subnetId"),
                networkInterface.groups().stream().map(GroupIdentifier::groupId).toList());
    }

    private static String detail(Task task, String name) {
        return task.attachments().stream()
                .map(Attachment::details)
                .flatMap(List::stream)
                .filter(pair -> pair.name().equals(name))
                .map(KeyValuePair::value)
                .findFirst()
                .orElse("");
    }
}
