package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.user.Team;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AddPrefixListEntry;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EFSAuthorizationConfigIAM;
import software.amazon.awssdk.services.ecs.model.EFSTransitEncryption;
import software.amazon.awssdk.services.ecs.model.EFSVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.MountPoint;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.Volume;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * A VPC of its own in which everything lets a task mount its volume, so that a test may break one
 * thing: two subnets of one zone, the mount target in the one, tasks in the other.
 */
final class Lab {

    private static final String WHO_MOUNTS =
            """
            {"Statement": [{"Effect": "Allow", "Resource": "*", "Action":
              ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]}]}
            """;

    private static final LogConfiguration LOGS =
            LogConfiguration.builder()
                    .logDriver(LogDriver.AWSLOGS)
                    .options(
                            Map.of(
                                    "awslogs-group",
                                    "/ecs/lab",
                                    "awslogs-region",
                                    LocalAws.REGION,
                                    "awslogs-stream-prefix",
                                    "app"))
                    .build();
    private static final String WHO_LOGS =
            """
            {"Statement": [{"Effect": "Allow", "Action": ["logs:CreateLogStream",
              "logs:PutLogEvents"], "Resource": "arn:aws:logs:*:*:log-group:/ecs/lab:*"}]}
            """;

    final Site site;
    final Ec2Client ec2;
    final EfsClient efs;
    final IamClient iam;
    final String vpc;
    final String tasks;
    final String targets;
    final String taskGroup;
    final String nfsGroup;
    final String fileSystem;
    final String accessPoint;
    final String roleName;
    final String role;
    final String executionRoleName;
    final String executionRole;

    /** A new one, of which several may be there at once under different names. */
    Lab(Site site, String name) {
        this.site = site;
        this.ec2 = site.user().ec2();
        this.efs = site.user().efs();
        this.iam = site.aws().client(IamClient.builder());
        this.vpc = ec2.createVpc(r -> r.cidrBlock("10.77.0.0/16")).vpc().vpcId();
        dnsHostnames(true);
        this.tasks = subnet("10.77.1.0/24");
        this.targets = subnet("10.77.9.0/24");
        this.taskGroup = site.user().securityGroup(name + "-tasks", vpc);
        this.nfsGroup = site.user().securityGroup(name + "-nfs", vpc);
        this.fileSystem = efs.createFileSystem(r -> r.creationToken(name)).fileSystemId();
        makeMountTarget();
        this.accessPoint = accessPoint(999);
        this.roleName = name + "-task";
        this.role =
                iam.createRole(r ->
                                r.roleName(roleName)
                                        .assumeRolePolicyDocument("{\"Statement\": []}"))
                        .role()
                        .arn();
        this.executionRoleName = name + "-execution";
        this.executionRole =
                iam.createRole(r ->
                                r.roleName(executionRoleName)
                                        .assumeRolePolicyDocument(trust("ecs-tasks")))
                        .role()
                        .arn();
        letRoleMount();
        letAgentLog();
        openIn();
        metric(fileSystem, "BurstCreditBalance", 2e12);
    }

    private String subnet(String block) {
        return ec2.createSubnet(
                        r -> r.vpcId(vpc).cidrBlock(block).availabilityZone(LocalAws.REGION + "a"))
                .subnet()
                .subnetId();
    }

    void letRoleMount() {
        iam.putRolePolicy(r -> r.roleName(roleName).policyName("mount").policyDocument(WHO_MOUNTS));
    }

    /** Lets the role mount through this access point and no other. */
    void letRoleMountThrough(String accessPointId) {
        var arn =
                "arn:aws:elasticfilesystem:%s:000000000000:access-point/%s"
                        .formatted(LocalAws.REGION, accessPointId);
        var condition =
                ", \"Condition\": {\"StringEquals\": {\"elasticfilesystem:AccessPointArn\": \""
                        + arn
                        + "\"}}}]}";
        iam.putRolePolicy(r ->
                r.roleName(roleName)
                        .policyName("mount")
                        .policyDocument(WHO_MOUNTS.strip().replaceFirst("}]}$", "") + condition));
    }

    void letRoleDoNothing() {
        iam.deleteRolePolicy(r -> r.roleName(roleName).policyName("mount"));
    }

    void letAgentLog() {
        iam.putRolePolicy(
                r -> r.roleName(executionRoleName).policyName("log").policyDocument(WHO_LOGS));
    }

    void letAgentDoNothing() {
        iam.deleteRolePolicy(r -> r.roleName(executionRoleName).policyName("log"));
    }

    /** Lets a service assume the execution role, and no other. */
    void letAssume(String service) {
        iam.updateAssumeRolePolicy(
                r -> r.roleName(executionRoleName).policyDocument(trust(service)));
    }

    private static String trust(String service) {
        return """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
          "Principal": {"Service": "%s.amazonaws.com"}}]}
        """
                .formatted(service);
    }

    void dnsHostnames(boolean on) {
        ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableDnsHostnames(v -> v.value(on)));
    }

    void dnsSupport(boolean on) {
        ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableDnsSupport(v -> v.value(on)));
    }

    String routeTable() {
        var ofVpc = Filter.builder().name("vpc-id").values(vpc).build();
        return ec2.describeRouteTables(r -> r.filters(ofVpc))
                .routeTables()
                .getFirst()
                .routeTableId();
    }

    void makeMountTarget() {
        efs.createMountTarget(
                r -> r.fileSystemId(fileSystem).subnetId(targets).securityGroups(nfsGroup));
    }

    String mountTarget() {
        return efs.describeMountTargets(r -> r.fileSystemId(fileSystem))
                .mountTargets()
                .getFirst()
                .mountTargetId();
    }

    void deleteMountTarget() {
        var target = mountTarget();
        efs.deleteMountTarget(r -> r.mountTargetId(target));
    }

    /** An access point that works as user 999, on a directory that is made for this one. */
    String accessPoint(long owner) {
        return efs.createAccessPoint(r ->
                        r.clientToken(fileSystem + owner)
                                .fileSystemId(fileSystem)
                                .posixUser(u -> u.uid(999L).gid(999L))
                                .rootDirectory(d ->
                                        d.path("/data-" + owner)
                                                .creationInfo(c ->
                                                        c.ownerUid(owner)
                                                                .ownerGid(owner)
                                                                .permissions("0750"))))
                .accessPointId();
    }

    private static IpPermission nfs(String group) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(2049)
                .toPort(2049)
                .userIdGroupPairs(UserIdGroupPair.builder().groupId(group).build())
                .build();
    }

    String prefixList(String block) {
        var entry = AddPrefixListEntry.builder().cidr(block).build();
        return ec2.createManagedPrefixList(r ->
                        r.prefixListName("lab " + block)
                                .addressFamily("IPv4")
                                .maxEntries(1)
                                .entries(entry))
                .prefixList()
                .prefixListId();
    }

    void openInFrom(String prefixList) {
        var permission =
                IpPermission.builder()
                        .ipProtocol("tcp")
                        .fromPort(2049)
                        .toPort(2049)
                        .prefixListIds(PrefixListId.builder().prefixListId(prefixList).build())
                        .build();
        ec2.authorizeSecurityGroupIngress(r -> r.groupId(nfsGroup).ipPermissions(permission));
    }

    void openIn() {
        ec2.authorizeSecurityGroupIngress(r -> r.groupId(nfsGroup).ipPermissions(nfs(taskGroup)));
    }

    void closeIn() {
        ec2.revokeSecurityGroupIngress(r ->
                r.groupId(nfsGroup)
                        .securityGroupRuleIds(
                                site.user().ingress(nfsGroup).stream()
                                        .map(SecurityGroupRule::securityGroupRuleId)
                                        .toList()));
    }

    void openOut() {
        ec2.authorizeSecurityGroupEgress(r -> r.groupId(taskGroup).ipPermissions(nfs(nfsGroup)));
    }

    void closeOut() {
        var ofGroup = Filter.builder().name("group-id").values(taskGroup).build();
        var rules =
                ec2
                        .describeSecurityGroupRules(r -> r.filters(ofGroup))
                        .securityGroupRules()
                        .stream()
                        .filter(SecurityGroupRule::isEgress)
                        .map(SecurityGroupRule::securityGroupRuleId)
                        .toList();
        ec2.revokeSecurityGroupEgress(r -> r.groupId(taskGroup).securityGroupRuleIds(rules));
    }

    void policy(String statement) {
        efs.putFileSystemPolicy(r ->
                r.fileSystemId(fileSystem)
                        .policy(
                                "{\"Version\": \"2012-10-17\", \"Statement\": ["
                                        + statement
                                        + "]}"));
    }

    void noPolicy() {
        efs.deleteFileSystemPolicy(r -> r.fileSystemId(fileSystem));
    }

    void metric(String of, String name, double value) {
        var datum =
                MetricDatum.builder()
                        .metricName(name)
                        .value(value)
                        .timestamp(Instant.now().minusSeconds(5).truncatedTo(ChronoUnit.SECONDS))
                        .dimensions(Dimension.builder().name("FileSystemId").value(of).build())
                        .build();
        try (var cloudWatch = site.aws().client(CloudWatchClient.builder())) {
            cloudWatch.putMetricData(r -> r.namespace("AWS/EFS").metricData(datum));
        }
    }

    /** A task definition that mounts through the access point with the task role. */
    RegisterTaskDefinitionRequest.Builder definition(String family) {
        return definition(family, volume().build());
    }

    EFSVolumeConfiguration.Builder volume() {
        return EFSVolumeConfiguration.builder()
                .fileSystemId(fileSystem)
                .transitEncryption(EFSTransitEncryption.ENABLED)
                .authorizationConfig(
                        a -> a.accessPointId(accessPoint).iam(EFSAuthorizationConfigIAM.ENABLED));
    }

    RegisterTaskDefinitionRequest.Builder definition(String family, EFSVolumeConfiguration volume) {
        var mount =
                MountPoint.builder().sourceVolume("data").containerPath("/var/lib/data").build();
        return Team.definition(family)
                .taskRoleArn(role)
                .executionRoleArn(executionRole)
                .containerDefinitions(
                        ContainerDefinition.builder()
                                .name(Team.CONTAINER)
                                .image("public.ecr.aws/docker/library/postgres:17")
                                .essential(true)
                                .logConfiguration(LOGS)
                                .mountPoints(mount)
                                .build())
                .volumes(Volume.builder().name("data").efsVolumeConfiguration(volume).build());
    }

    String register(RegisterTaskDefinitionRequest.Builder definition) {
        return site.user()
                .ecs()
                .registerTaskDefinition(definition.build())
                .taskDefinition()
                .taskDefinitionArn();
    }

    /** A task of this definition that could not start. */
    Task stopped(Team team, String definition) {
        var task =
                site.user()
                        .ecs()
                        .runTask(r ->
                                r.cluster(team.world().cluster())
                                        .taskDefinition(definition)
                                        .launchType(LaunchType.FARGATE)
                                        .networkConfiguration(network()))
                        .tasks()
                        .getFirst();
        return team.await(task, "STOPPED");
    }

    /** A task in bridge mode in a new cluster, on an instance with this attribute. */
    Task onInstance(String cluster, String attribute) {
        var ecs = site.user().ecs();
        ecs.createCluster(r -> r.clusterName(cluster));
        var instance =
                ec2.runInstances(r ->
                                r.imageId("ami-12345678")
                                        .minCount(1)
                                        .maxCount(1)
                                        .subnetId(tasks)
                                        .securityGroupIds(taskGroup))
                        .instances()
                        .getFirst();
        ecs.registerContainerInstance(r ->
                r.cluster(cluster)
                        .instanceIdentityDocument(
                                "{\"instanceId\":\"%s\"}".formatted(instance.instanceId()))
                        .attributes(Attribute.builder().name(attribute).build()));
        var definition =
                register(
                        definition("bridge")
                                .networkMode(NetworkMode.BRIDGE)
                                .requiresCompatibilities(Compatibility.EC2));
        return ecs.runTask(r ->
                        r.cluster(cluster).taskDefinition(definition).launchType(LaunchType.EC2))
                .tasks()
                .getFirst();
    }

    /** A service of this definition. */
    void service(String cluster, String name, String definition, String platform, int tasks) {
        site.user()
                .ecs()
                .createService(r ->
                        r.cluster(cluster)
                                .serviceName(name)
                                .taskDefinition(definition)
                                .launchType(LaunchType.FARGATE)
                                .platformVersion(platform)
                                .desiredCount(tasks)
                                .networkConfiguration(network()));
    }

    private NetworkConfiguration network() {
        var subnets =
                AwsVpcConfiguration.builder().subnets(tasks).securityGroups(taskGroup).build();
        return NetworkConfiguration.builder().awsvpcConfiguration(subnets).build();
    }

    /** What the doctor says of a task of this definition in the tasks' subnet. */
    JsonNode diagnosis(String definition) {
        return diagnosis(site, definition, tasks, taskGroup);
    }

    /** What the doctor says of a task of this definition there, before it is run. */
    static JsonNode diagnosis(Site site, String definition, String subnet, String group) {
        var body = Json.MAPPER.createObjectNode().put("taskDefinition", definition);
        body.putArray("subnets").add(subnet);
        body.putArray("securityGroups").add(group);
        var answer = site.api().call("POST", "/diagnosis", body.toString());
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.body();
    }

    /**
     * The finding of a check, whichever of several is worst; a missing node where it was not made.
     */
    static JsonNode finding(JsonNode diagnosis, String check) {
        return diagnosis
                .path("findings")
                .valueStream()
                .filter(it -> it.path("check").asText().equals(check))
                .findFirst()
                .orElseGet(Json.MAPPER::missingNode);
    }

    /** What came of a check: OK, BROKEN or UNKNOWN; "" where it was not made. */
    static String verdict(JsonNode diagnosis, String check) {
        return finding(diagnosis, check).path("verdict").asText();
    }
}
