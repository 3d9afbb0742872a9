package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.diagnosis.Examination;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.stack.LocalAws;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        var diagnosis = diagnosis(action);

        assertThat(Lab.verdict(diagnosis, check)).as("%s", diagnosis).isEqualTo("UNKNOWN");
        assertThat(Lab.finding(diagnosis, check).path("evidence").asText())
                .contains(action + " was denied");
        assertThat(diagnosis.path("cause").asText()).isEmpty();
    }

    private JsonNode diagnosis(String denied) {
        var network = Json.MAPPER.createObjectNode();
        network.putArray("subnets").add(lab.tasks);
        network.putArray("securityGroups").add(lab.taskGroup);
        var endpoint = Optional.of(lab.site.aws().endpoint());
        try (var http = DenyingHttp.of(denied)) {
            var examination = new Examination(new Clients(http, endpoint));
            return Json.MAPPER.valueToTree(
                    examination.ofDefinition(definition, network).orElseThrow().toMap());
        }
    }
}
