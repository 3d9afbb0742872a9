package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.ContainerInstance;
import dev.efsautopilot.aws.DhcpOptions;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.FileSystemLoad;
import dev.efsautopilot.aws.NetworkAcl;
import dev.efsautopilot.aws.RouteTable;
import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.aws.Subnet;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.diagnosis.NetworkFacts.Dns;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.Doors;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.role.MountPermission;
import dev.efsautopilot.task.EfsVolume;
import dev.efsautopilot.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A healthy Fargate task whose parts a test breaks. */
final class HealthyTask {
    String task =
            "{\"taskArn\": \"t\", \"launchType\": \"FARGATE\", \"platformVersion\": \"1.4.0\"}";
    String definition =
            """
            {"family": "web", "revision": 2, "networkMode": "awsvpc", "taskRoleArn": "r", "executionRoleArn": "arn:aws:iam::1:role/agent",
             "containerDefinitions": [{"name": "app", "user": "999",
               "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}]}
            """;
    String tags = "[]";
    Fact<NfsClient> client = new Known<>(Parts.client(List.of("sg-task")));
    Fact<Optional<ContainerInstance>> instance = new Known<>(Optional.empty());
    Fact<Optional<ExecutionRole>> executionRole =
            new Known<>(Optional.of(new ExecutionRole(true, List.of())));
    Fact<Dns> dns = new Known<>(new Dns("vpc-1", true, true));
    Fact<Optional<FileSystem>> fileSystem =
            new Known<>(Parts.fileSystem("available", Map.of(FileSystem.ALLOW, "/")));
    Fact<Boolean> optIn = new Known<>(true);
    Fact<List<MountTargetSide>> targets = new Known<>(Parts.target("available", "vpc-1"));
    Fact<Optional<MountPermission>> permission =
            new Known<>(Optional.of(new MountPermission.Given("no policy")));
    Fact<FileSystemLoad> load = new Known<>(Parts.load(2e12, 3));
    Fact<Optional<DhcpOptions>> resolver = new Known<>(Parts.resolver(DhcpOptions.AMAZON));
    Fact<Optional<AccessPoint>> accessPoint = new Known<>(Parts.accessPoint("fs-1", "available"));
    Fact<List<NetworkAcl>> acls =
            new Known<>(
                    List.of(
                            Parts.acl(
                                    Parts.entry(100, true, 0, 65535, true),
                                    Parts.entry(100, false, 0, 65535, true))));
    Fact<List<RouteTable>> routes =
            new Known<>(List.of(Parts.table(new RouteTable.Route("10.0.0.0/16", true))));
    List<SecurityRule> rules =
            new ArrayList<>(
                    List.of(
                            Parts.rule("sg-mt", false, "sg-task"),
                            Parts.rule("sg-task", true, "sg-mt")));
    List<Subnet> subnets =
            List.of(
                    new Subnet("subnet-a", "vpc-1", "eu-west-1a", List.of("10.0.1.0/24")),
                    new Subnet("subnet-mt", "vpc-1", "eu-west-1a", List.of("10.0.9.0/24")));
    List<EfsVolume> volumes = List.of(Parts.volume("/", true));

    Diagnosis diagnosis() {
        return Diagnosis.of(facts());
    }

    TaskFacts facts() {
        var described = Json.MAPPER.createObjectNode();
        described.set("taskDefinition", Parts.json(definition));
        described.set("tags", Parts.json(tags));
        return new TaskFacts(
                Task.parse(Parts.json(task)).orElseThrow(),
                new Known<>(described),
                client,
                executionRole,
                instance,
                new NetworkFacts(
                        dns,
                        resolver,
                        new Known<>(new Doors(rules)),
                        acls,
                        routes,
                        new Known<>(subnets)),
                volumes.stream()
                        .map(volume ->
                                new VolumeFacts(
                                        volume,
                                        fileSystem,
                                        optIn,
                                        targets,
                                        accessPoint,
                                        permission,
                                        load))
                        .toList());
    }
}
