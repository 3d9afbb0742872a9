package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.diagnosis.Diagnosis;
import dev.efsautopilot.diagnosis.Examination;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.stack.LocalAws;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Task;

/** What somebody is told whose policy lacks one of the doctor's actions, on the local AWS. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class DoctorDeniedIT {

    private static final String OTHERS_ONLY =
            """
            {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:role/other"},
             "Action": "elasticfilesystem:ClientMount", "Resource": "*"}
            """;

    private final Lab lab;
    private final String definition;
    private final Task onInstance;
    private final S3FilesLab s3;
    private final String onS3Files;

    DoctorDeniedIT(Site site) {
        Map.of(
                        "aws.region", LocalAws.REGION,
                        "aws.accessKeyId", "test",
                        "aws.secretAccessKey", "test")
                .forEach(System::setProperty);
        this.lab = new Lab(site, "denied");
        this.definition = lab.register(lab.definition("denied"));
        lab.policy(OTHERS_ONLY);
        lab.openInFrom(lab.prefixList("10.79.0.0/16"));
        this.onInstance = lab.onInstance("denied", "ecs.capability.efsAuth");
        this.s3 = S3FilesLab.of(site, "denied-s3");
        this.onS3Files = s3.register("denied-s3", s3.fileSystem(), s3.accessPoint());
    }

    @ParameterizedTest
    @CsvSource({
        "ecs:DescribeTaskDefinition, volumes",
        "elasticfilesystem:DescribeFileSystems, file-system",
        "elasticfilesystem:DescribeMountTargets, mount-target",
        "ec2:DescribeNetworkInterfaces, mount-target",
        "elasticfilesystem:DescribeAccessPoints, access-point",
        "elasticfilesystem:DescribeFileSystemPolicy, permissions",
        "iam:SimulatePrincipalPolicy, permissions",
        "iam:GetRole, execution-role",
        "cloudwatch:GetMetricData, throughput",
        "ec2:DescribeSubnets, mount-target",
        "ec2:DescribeVpcAttribute, vpc-dns",
        "ec2:DescribeVpcs, resolver",
        "ec2:DescribeDhcpOptions, resolver",
        "ec2:DescribeSecurityGroupRules, security-groups-in",
        "ec2:GetManagedPrefixListEntries, security-groups-in",
        "ec2:DescribeNetworkAcls, network-acls",
        "ec2:DescribeRouteTables, routes"
    })
    void a_check_that_could_not_be_made_is_unknown_and_says_why(String action, String check) {
        isUnknown(action, check, clients -> planned(clients, lab, definition));
    }

    @ParameterizedTest
    @CsvSource({
        "ecs:DescribeContainerInstances, instance-capability",
        "ecs:DescribeContainerInstances, mount-target",
        "ec2:DescribeInstances, mount-target"
    })
    void so_it_is_for_a_task_on_an_instance(String action, String check) {
        isUnknown(
                action,
                check,
                clients ->
                        new Examination(clients)
                                .of(
                                        clients.ecs()
                                                .tasks()
                                                .find(onInstance.clusterArn(), onInstance.taskArn())
                                                .orElseThrow()));
    }

    @Test
    void so_it_is_for_the_last_tasks_of_a_service() {
        var cluster = onInstance.clusterArn();
        lab.service(cluster, "denied", definition, "LATEST", 0);

        isUnknown(
                "ecs:ListTasks",
                "stop-reason",
                clients ->
                        new Examination(clients)
                                .ofService(
                                        clients.ecs()
                                                .workloads()
                                                .described(cluster, "denied")
                                                .orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({
        "s3files:GetFileSystem, file-system",
        "s3files:ListMountTargets, mount-target",
        "s3files:GetAccessPoint, access-point",
        "s3files:GetFileSystemPolicy, permissions"
    })
    void so_it_is_for_a_volume_on_s3_files(String action, String check) {
        isUnknown(action, check, clients -> planned(clients, s3.lab(), onS3Files));
    }

    private void isUnknown(String action, String check, Function<Clients, Diagnosis> examine) {
        var endpoint = Optional.of(lab.site.aws().endpoint());
        try (var http = DenyingHttp.of(action)) {
            JsonNode diagnosis =
                    Json.MAPPER.valueToTree(examine.apply(new Clients(http, endpoint)).toMap());

            assertThat(Lab.verdict(diagnosis, check)).as("%s", diagnosis).isEqualTo("UNKNOWN");
            assertThat(Lab.finding(diagnosis, check).path("evidence").asText())
                    .contains(action + " was denied");
            assertThat(diagnosis.path("cause").asText()).isEmpty();
        }
    }

    private static Diagnosis planned(Clients clients, Lab lab, String definition) {
        var network = Json.MAPPER.createObjectNode();
        network.putArray("subnets").add(lab.tasks);
        network.putArray("securityGroups").add(lab.taskGroup);
        return new Examination(clients).ofDefinition(definition, network).orElseThrow();
    }
}
