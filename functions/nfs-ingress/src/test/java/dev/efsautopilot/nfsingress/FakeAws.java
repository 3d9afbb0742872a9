package dev.efsautopilot.nfsingress;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * One task with one EFS volume, on HTTP, as AWS answers about it. It records each call by its name.
 */
@NullMarked
final class FakeAws implements AutoCloseable {

    private static final Pattern ACTION = Pattern.compile("Action=(\\w+)");

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;

    /** Whether a rule lets the task in. */
    volatile boolean open;

    /** Whether the task's definition has a volume on EFS. */
    volatile boolean volume = true;

    /** Whether the task runs on the network of its container instance. */
    volatile boolean bridge;

    FakeAws() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The calls since the last time, sorted by their names. */
    List<String> calls() {
        synchronized (calls) {
            var since = calls.stream().sorted().toList();
            calls.clear();
            return since;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var operation = operation(exchange, body);
        calls.add(operation);
        var bytes = document(operation, body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", bytes[0] == '<' ? "text/xml" : "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String operation(HttpExchange exchange, String body) {
        var target = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        if (target.isPresent()) {
            return target.get().substring(target.get().lastIndexOf('.') + 1);
        }
        var action = ACTION.matcher(body);
        if (action.find()) {
            return action.group(1);
        }
        var path = exchange.getRequestURI().getPath();
        return path.contains("mount-targets") ? "DescribeMountTargets" : "DescribeFileSystems";
    }

    private String document(String operation, String body) {
        return switch (operation) {
            case "DescribeTaskDefinition" ->
                    TASK_DEFINITION
                            .replace("VOLUMES", volume ? VOLUME : "")
                            .replace("awsvpc", bridge ? "bridge" : "awsvpc");
            case "ListTasks" -> "{\"taskArns\": [\"" + TASK + "\"]}";
            case "DescribeContainerInstances" ->
                    "{\"containerInstances\": [{\"ec2InstanceId\": \"i-1\"}]}";
            case "DescribeInstances" -> INSTANCES;
            case "DescribeTasks" -> TASKS;
            case "DescribeFileSystems" -> FILE_SYSTEMS;
            case "DescribeMountTargets" -> MOUNT_TARGETS;
            case "DescribeNetworkInterfaces" ->
                    body.contains("eni-2")
                            ? INTERFACES.replace("eni-1", "eni-2").replace("sg-task", "sg-target")
                            : INTERFACES;
            case "DescribeSubnets" -> SUBNETS;
            case "DescribeSecurityGroupRules" -> RULES.replace("MORE", open ? INGRESS : "");
            case "AuthorizeSecurityGroupIngress" -> {
                open = true;
                yield "<AuthorizeSecurityGroupIngressResponse><return>true</return>"
                        + "</AuthorizeSecurityGroupIngressResponse>";
            }
            case "PutEvents" -> "{\"FailedEntryCount\": 0, \"Entries\": []}";
            case "GetItem", "PutItem", "BatchGetItem" -> "{}";
            default -> throw new AssertionError("nobody should call " + operation);
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }

    static final String CLUSTER = "arn:aws:ecs:eu-west-1:123456789012:cluster/prod";
    static final String TASK = "arn:aws:ecs:eu-west-1:123456789012:task/prod/1";
    static final String DEFINITION = "arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:8";

    private static final String VOLUME =
            """
            {"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}\
            """;
    private static final String TASK_DEFINITION =
            """
            {"taskDefinition": {"family": "orders", "networkMode": "awsvpc", "volumes": [VOLUMES]},
             "tags": []}\
            """;
    private static final String TASKS =
            """
            {"tasks": [{"taskArn": "%s", "clusterArn": "%s", "taskDefinitionArn": "%s",
             "lastStatus": "PENDING", "desiredStatus": "RUNNING", "attachments": [{"type": "eni",
             "details": [{"name": "networkInterfaceId", "value": "eni-1"}]}]}]}\
            """
                    .formatted(TASK, CLUSTER, DEFINITION);
    private static final String FILE_SYSTEMS =
            """
            {"FileSystems": [{"FileSystemId": "fs-1", "FileSystemArn": "arn:fs-1",
             "LifeCycleState": "available", "Tags": [{"Key": "efs-autopilot/allow", "Value": "/"}]}]}\
            """;
    private static final String MOUNT_TARGETS =
            """
            {"MountTargets": [{"MountTargetId": "fsmt-1", "FileSystemId": "fs-1",
             "LifeCycleState": "available", "AvailabilityZoneName": "eu-west-1a", "VpcId": "vpc-1",
             "SubnetId": "subnet-1", "NetworkInterfaceId": "eni-2", "IpAddress": "10.0.1.4"}]}\
            """;
    private static final String INTERFACES =
            """
            <DescribeNetworkInterfacesResponse><networkInterfaceSet><item>
            <networkInterfaceId>eni-1</networkInterfaceId><vpcId>vpc-1</vpcId>
            <subnetId>subnet-1</subnetId><availabilityZone>eu-west-1a</availabilityZone>
            <privateIpAddressesSet><item><privateIpAddress>10.0.1.7</privateIpAddress></item>
            </privateIpAddressesSet><groupSet><item><groupId>sg-task</groupId></item></groupSet>
            </item></networkInterfaceSet></DescribeNetworkInterfacesResponse>\
            """;
    private static final String INSTANCES =
            """
            <DescribeInstancesResponse><reservationSet><item><instancesSet><item>
            <instanceId>i-1</instanceId><vpcId>vpc-1</vpcId><subnetId>subnet-1</subnetId>
            <placement><availabilityZone>eu-west-1a</availabilityZone></placement>
            <privateIpAddress>10.0.1.9</privateIpAddress>
            <groupSet><item><groupId>sg-task</groupId></item></groupSet>
            </item></instancesSet></item></reservationSet></DescribeInstancesResponse>\
            """;
    private static final String SUBNETS =
            """
            <DescribeSubnetsResponse><subnetSet><item><subnetId>subnet-1</subnetId>
            <vpcId>vpc-1</vpcId><availabilityZone>eu-west-1a</availabilityZone>
            <cidrBlock>10.0.1.0/24</cidrBlock></item></subnetSet></DescribeSubnetsResponse>\
            """;
    private static final String RULES =
            """
            <DescribeSecurityGroupRulesResponse><securityGroupRuleSet><item>
            <securityGroupRuleId>sgr-1</securityGroupRuleId><groupId>sg-task</groupId>
            <isEgress>true</isEgress><ipProtocol>-1</ipProtocol><cidrIpv4>0.0.0.0/0</cidrIpv4>
            </item>MORE</securityGroupRuleSet></DescribeSecurityGroupRulesResponse>\
            """;
    private static final String INGRESS =
            """
            <item><securityGroupRuleId>sgr-2</securityGroupRuleId><groupId>sg-target</groupId>
            <isEgress>false</isEgress><ipProtocol>tcp</ipProtocol><fromPort>2049</fromPort>
            <toPort>2049</toPort>
            <referencedGroupInfo><groupId>sg-task</groupId></referencedGroupInfo></item>\
            """;
}
