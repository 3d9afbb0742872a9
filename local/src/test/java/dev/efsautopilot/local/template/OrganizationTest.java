package dev.efsautopilot.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an organization demands of a stack holds for everything that the template makes. */
class OrganizationTest {

    private static final Template TEMPLATE = Template.read();

    @ParameterizedTest
    @CsvSource({
        "AWS::Logs::LogGroup, KmsKeyId, 7",
        "AWS::SQS::Queue, KmsMasterKeyId, 1",
        "AWS::DynamoDB::Table, SSESpecification, 1"
    })
    void everything_that_is_kept_is_encrypted_with_the_key_of_the_organization(
            String type, String property, int count) {
        assertThat(TEMPLATE.resources(type).map(Map.Entry::getValue))
                .hasSize(count)
                .allSatisfy(resource ->
                        assertThat(resource.path("Properties").path(property).toString())
                                .contains("HasKey", "KmsKeyArn"));
    }

    @Test
    void each_role_is_bounded_by_the_permissions_boundary() {
        assertThat(TEMPLATE.resources("AWS::IAM::Role").map(Map.Entry::getValue))
                .isNotEmpty()
                .allSatisfy(
                        role -> assertBounded(role.path("Properties").path("PermissionsBoundary")));
        assertBounded(everyFunction().path("PermissionsBoundary"));
    }

    @Test
    void every_function_has_the_key_and_the_network_of_the_organization() {
        assertThat(everyFunction().path("KmsKeyArn").toString()).contains("HasKey", "KmsKeyArn");
        assertThat(everyFunction().path("VpcConfig").toString())
                .contains("InVpc", "SubnetIds", "SecurityGroupIds");
        assertThat(TEMPLATE.resources("AWS::Serverless::Function").map(Map.Entry::getValue))
                .hasSize(6)
                .allSatisfy(function ->
                        assertThat(function.path("Properties").properties())
                                .extracting(Map.Entry::getKey)
                                .doesNotContain(
                                        "KmsKeyArn", "VpcConfig", "PermissionsBoundary", "Role"));
    }

    private static JsonNode everyFunction() {
        return TEMPLATE.globals("Function");
    }

    private static void assertBounded(JsonNode boundary) {
        assertThat(boundary.toString()).contains("HasBoundary", "PermissionsBoundary");
    }
}
