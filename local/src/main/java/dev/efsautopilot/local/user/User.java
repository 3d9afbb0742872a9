package dev.efsautopilot.local.user;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/**
 * Somebody with an AWS account: the SDK's clients, and the few questions that the demo and the
 * tests ask again and again.
 *
 * @param endpoint where AWS is
 */
public record User(
        URI endpoint,
        EcsClient ecs,
        EfsClient efs,
        Ec2Client ec2,
        EventBridgeClient events,
        CloudFormationClient cloudFormation) {

    /** A user of the AWS at this endpoint. */
    public static User at(URI endpoint, String region) {
        var clients = new SdkClients(endpoint, region);
        return new User(
                endpoint,
                clients.make(EcsClient.builder()),
                clients.make(EfsClient.builder()),
                clients.make(Ec2Client.builder()),
                clients.make(EventBridgeClient.builder()),
                clients.make(CloudFormationClient.builder()));
    }

    /** The default VPC's subnets, in the order of their zones. */
    public List<Subnet> subnets() {
        return ec2.describeSubnets().subnets().stream()
                .filter(Subnet::defaultForAz)
                .sorted((a, b) -> a.availabilityZone().compareTo(b.availabilityZone()))
                .toList();
    }

    /** A new security group without any ingress. */
    public String securityGroup(String name, String vpcId) {
        return ec2.createSecurityGroup(r -> r.groupName(name).description(name).vpcId(vpcId))
                .groupId();
    }

    /** The ingress rules of a security group. */
    public List<SecurityGroupRule> ingress(String groupId) {
        return ec2
                .describeSecurityGroupRules(
                        r -> r.filters(Filter.builder().name("group-id").values(groupId).build()))
                .securityGroupRules()
                .stream()
                .filter(rule -> !rule.isEgress())
                .toList();
    }

    /** The newest ACTIVE revision of a family, with its tags. */
    public Revision newestRevision(String family) {
        var answer =
                ecs.describeTaskDefinition(
                        r -> r.taskDefinition(family).include(TaskDefinitionField.TAGS));
        return new Revision(
                answer.taskDefinition(),
                answer.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value)));
    }

    /** A revision and its tags. */
    public record Revision(
            software.amazon.awssdk.services.ecs.model.TaskDefinition definition,
            Map<String, String> tags) {}

    /** A task. */
    public Task task(String cluster, String arn) {
        return ecs.describeTasks(r -> r.cluster(cluster).tasks(arn).include(TaskField.TAGS))
                .tasks()
                .getFirst();
    }

    /** The tasks of a family: those that run or are about to, and those that stopped lately. */
    public List<Task> tasks(String cluster, String family) {
        return List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED).stream()
                .flatMap(status ->
                        ecs
                                .listTasks(r ->
                                        r.cluster(cluster).family(family).desiredStatus(status))
                                .taskArns()
                                .stream())
                .distinct()
                .map(arn -> task(cluster, arn))
                .toList();
    }

    /** A stack's output; empty while the stack is not complete. */
    public Optional<String> output(String stack, String key) {
        var described = cloudFormation.describeStacks(r -> r.stackName(stack)).stacks().getFirst();
        if (described.stackStatusAsString().contains("FAILED")
                || described.stackStatusAsString().contains("ROLLBACK")) {
            throw new IllegalStateException(
                    stack
                            + " is "
                            + described.stackStatusAsString()
                            + ": "
                            + described.stackStatusReason());
        }
        return described.outputs().stream()
                .filter(output -> output.outputKey().equals(key))
                .map(output -> output.outputValue())
                .findFirst();
    }
}
