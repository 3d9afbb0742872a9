package dev.efsautopilot.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.role.TaskRoles;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProvideVolumesRoleTest {

    private static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");
    private static final String NOBODY =
            "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::1:role/x\"},"
                    + "\"Action\":\"elasticfilesystem:Client*\"}}";
    private static final String EVERYBODY = NOBODY.replace("arn:aws:iam::1:role/x", "*");
    private static final String LACKS =
            "ready orders:2 - task role lacks ClientMount ClientWrite on data";

    private final FakeAws aws = new FakeAws();
    private final Clients clients = new Clients(aws, Optional.of(URI.create("http://aws")));

    @BeforeAll
    static void credentials() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        System.setProperty("aws.region", "eu-west-1");
    }

    @Test
    void without_a_policy_on_the_file_system_iam_is_not_asked() {
        source("mount=/data");

        assertThat(detail(of(false))).doesNotContainKey("missingPermissions");
        assertThat(aws.calls).contains("GET policy").doesNotContain("SimulatePrincipalPolicy");
        assertThat(status()).isEqualTo("ready orders:2");
    }

    @Test
    void a_policy_for_everybody_is_enough() {
        aws.fileSystemPolicy = EVERYBODY;
        source("mount=/data");

        assertThat(detail(of(false))).doesNotContainKey("missingPermissions");
        assertThat(aws.calls).doesNotContain("SimulatePrincipalPolicy");
    }

    @Test
    void volumes_without_iam_cost_no_call() {
        aws.fileSystemPolicy = NOBODY;
        source("mount=/data iam=off");

        of(false);

        assertThat(aws.calls).doesNotContain("GET policy", "SimulatePrincipalPolicy");
    }

    @Test
    void what_is_missing_is_told_to_the_caller_the_bus_and_the_tag() throws Exception {
        aws.fileSystemPolicy = NOBODY;
        source("mount=/data");

        var missing = missing(detail(of(false)));

        assertThat(missing.at("/volume").textValue()).isEqualTo("data");
        assertThat(missing.at("/actions")).hasSize(2);
        assertThat(missing.at("/statement/Condition/StringEquals").toString())
                .contains("arn:aws:elasticfilesystem:r:1:access-point/fsap-00000001");
        var told = Json.MAPPER.readTree(Json.text(aws.told.getFirst(), "Detail"));
        assertThat(told.at("/missingPermissions/0").toString()).isEqualTo(missing.toString());
        assertThat(status()).isEqualTo(LACKS);
        assertThat(aws.rolePolicies).isEmpty();
    }

    @Test
    void a_volume_that_is_only_read_needs_no_write() {
        aws.fileSystemPolicy = NOBODY;
        source("mount=/data:ro");

        assertThat(missing(detail(of(false))).path("actions"))
                .extracting(JsonNode::textValue)
                .containsExactly("elasticfilesystem:ClientMount");
    }

    @Test
    void it_is_said_once_and_taken_back_once() {
        aws.fileSystemPolicy = NOBODY;
        source("mount=/data");
        of(false);
        var told = aws.told.size();

        assertThat(steps(of(false))).isEmpty();
        assertThat(aws.told).hasSize(told);

        aws.simulated = "allowed";
        assertThat(steps(of(false))).containsExactly("TellStatus");
        assertThat(status()).isEqualTo("ready orders:2");
        assertThat(steps(of(false))).isEmpty();
    }

    @Test
    void a_sweep_leaves_what_was_said_of_the_role() {
        aws.fileSystemPolicy = NOBODY;
        source("mount=/data");
        of(false);

        var sweep = provide(Map.of(), Optional.empty());
        assertThat(steps(sweep.of("orders:1", _ -> List.of(), false, NOW))).isEmpty();
        assertThat(status()).isEqualTo(LACKS);
    }

    @Test
    void a_deny_is_told_and_can_not_be_given() {
        aws.fileSystemPolicy = NOBODY;
        aws.simulated = "explicitDeny";
        aws.roleTag = "on";
        source("mount=/data");

        assertThat(missing(detail(of(true))).has("deniedBy")).isTrue();
        assertThat(status()).contains("task role is denied ClientMount");
        assertThat(aws.rolePolicies).isEmpty();
    }

    @Test
    void what_may_not_be_read_is_not_checked_and_fails_nothing() {
        aws.fileSystemPolicy = NOBODY;
        aws.iamError = "SimulatePrincipalPolicy";
        source("mount=/data");

        assertThat(detail(of(true)))
                .containsKey("permissionsNotChecked")
                .doesNotContainKey("missingPermissions");
        assertThat(status()).isEqualTo("ready orders:2");
        assertThat(aws.rolePolicies).isEmpty();
    }

    @Test
    void a_role_that_opted_in_is_given_exactly_that() {
        aws.fileSystemPolicy = NOBODY;
        aws.roleTag = "on";
        source("mount=/data");

        var outcome = of(true);

        assertThat(steps(outcome))
                .containsExactly(
                        "CreateAccessPoint", "RegisterRevision", "TagRevision", "GrantMount");
        assertThat(detail(outcome)).doesNotContainKey("missingPermissions");
        assertThat(aws.rolePolicies)
                .singleElement()
                .asString()
                .contains(
                        "RoleName=orders&",
                        "PolicyName=efs-autopilot-data-fsap-00000001&",
                        "\"Action\":[\"elasticfilesystem:ClientMount\",\"elasticfilesystem:ClientWrite\"]",
                        "\"elasticfilesystem:AccessPointArn\":\"arn:aws:elasticfilesystem:r:1:access-point/fsap-00000001\"");
        assertThat(status()).isEqualTo("ready orders:2");
    }

    @Test
    void a_role_that_did_not_opt_in_is_told_how() {
        aws.fileSystemPolicy = NOBODY;
        source("mount=/data");

        assertThat(missing(detail(of(true))).path("remedy").textValue())
                .contains("efs-autopilot/managed-role=on");
        assertThat(aws.rolePolicies).isEmpty();
        assertThat(status()).isEqualTo(LACKS);
    }

    @Test
    void a_grant_that_iam_denies_is_told_and_fails_nothing() {
        aws.fileSystemPolicy = NOBODY;
        aws.roleTag = "on";
        aws.iamError = "PutRolePolicy";
        source("mount=/data");

        assertThat(missing(detail(of(true))).path("remedy").textValue()).contains("AccessDenied");
        assertThat(status()).isEqualTo(LACKS);
    }

    @Test
    void an_access_point_that_a_tag_only_names_is_never_given() {
        aws.fileSystemPolicy = NOBODY;
        aws.roleTag = "on";
        source("mount=/data");
        of(true);
        aws.rolePolicies.clear();
        Objects.requireNonNull(aws.accessPoints.get("fsap-00000001")).putArray("Tags");
        source("mount=/data access-point=fsap-00000001");

        var outcome =
                provide(Map.of(), Optional.of(roles(true)))
                        .of("orders:3", _ -> List.of(), false, NOW);

        assertThat(missing(detail(outcome)).path("remedy").textValue())
                .contains("was not made for");
        assertThat(aws.rolePolicies).isEmpty();
    }

    @Test
    void a_dry_run_looks_and_changes_nothing() {
        aws.fileSystemPolicy = NOBODY;
        aws.roleTag = "on";
        source("mount=/data");
        of(false);
        aws.calls.clear();

        var outcome =
                provide(Map.of(), Optional.of(roles(true)))
                        .of("orders:1", _ -> List.of(), true, NOW);

        assertThat(((Outcome.Planned) outcome).result()).containsKey("missingPermissions");
        assertThat(aws.calls).doesNotContain("PutRolePolicy", "TagResource");
    }

    @Test
    void another_failure_is_thrown_for_lambda_to_retry() {
        aws.fileSystemPolicy = "no JSON";
        source("mount=/data");

        assertThatThrownBy(() -> of(false)).isInstanceOf(IllegalStateException.class);
    }

    private Outcome of(boolean manage) {
        return provide(Map.of(), Optional.of(roles(manage)))
                .of("orders:1", _ -> List.of(), false, NOW);
    }

    private TaskRoles roles(boolean manage) {
        return new TaskRoles(clients.efs(), clients.iam(), manage, "ecs-efs-autopilot");
    }

    private ProvideVolumes provide(Map<String, String> environment, Optional<TaskRoles> roles) {
        return new ProvideVolumes(
                clients.ecs(),
                clients.efs(),
                clients.ledger("ledger"),
                clients.bus("default"),
                Settings.of(environment),
                roles);
    }

    private void source(String words) {
        var definition = Json.MAPPER.createObjectNode().put("family", "orders");
        definition.put("taskRoleArn", "arn:aws:iam::1:role/team/orders");
        definition.putArray("containerDefinitions").addObject().put("name", "app");
        definition
                .putArray("tags")
                .addObject()
                .put("key", "efs-autopilot/volume/data")
                .put("value", "fs=fs-00000001 " + words);
        aws.register(definition);
    }

    private String status() {
        return StreamSupport.stream(
                        aws.revisions.firstEntry().getValue().path("tags").spliterator(), false)
                .filter(tag -> Json.text(tag, "key").equals("efs-autopilot/status"))
                .map(tag -> Json.text(tag, "value"))
                .findFirst()
                .orElse("");
    }

    private static List<String> steps(Outcome outcome) {
        return ((Outcome.Done) outcome)
                .plan().stream().map(step -> step.getClass().getSimpleName()).toList();
    }

    private static Map<String, ?> detail(Outcome outcome) {
        return ((Outcome.Done) outcome).result();
    }

    private static JsonNode missing(Map<String, ?> detail) {
        return Json.MAPPER.valueToTree(detail).at("/missingPermissions/0");
    }
}
