package dev.efsautopilot.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.efsautopilot.network.NfsPlan;
import dev.efsautopilot.network.NfsPolicy;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.network.NfsStep;
import dev.efsautopilot.network.OpenNfs;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.DescribeMountTargetSecurityGroupsRequest;
import software.amazon.awssdk.services.efs.model.DescribeMountTargetSecurityGroupsResponse;
import software.amazon.awssdk.services.efs.model.DescribeMountTargetsRequest;
import software.amazon.awssdk.services.efs.model.DescribeMountTargetsResponse;
import software.amazon.awssdk.services.efs.model.ModifyMountTargetSecurityGroupsRequest;
import software.amazon.awssdk.services.efs.model.ModifyMountTargetSecurityGroupsResponse;
import software.amazon.awssdk.services.efs.model.MountTargetDescription;

/** What reaches the SDK, and what its errors mean. */
final class OpenNfsTest {

    private static final NfsStep.AuthorizeIngress IN =
            new NfsStep.AuthorizeIngress(
                    "fs-1",
                    "fsmt-1",
                    "sg-m1",
                    List.of("sg-m2"),
                    "sg-t",
                    "NFS",
                    Map.of("k", "v"),
                    "closed");
    private static final NfsStep.AuthorizeEgress OUT =
            new NfsStep.AuthorizeEgress(
                    "fs-1", "sg-t", List.of(), "sg-m1", "NFS", Map.of("k", "v"), "closed");

    private static final String FULL = "RulesPerSecurityGroupLimitExceeded";

    private final Ec2Client ec2 = mock(Ec2Client.class);
    private final EfsClient efs = mock(EfsClient.class);
    private List<String> attached = List.of();
    private final List<String> asked = new ArrayList<>();
    private final List<IpPermission> permissions = new ArrayList<>();

    private OpenNfs nfs() {
        var groups = new Ec2(() -> ec2);
        var storage = new Efs(() -> efs);
        return new OpenNfs(
                new NfsReader(
                        new Ecs(() -> mock(EcsClient.class), () -> mock(EcsClient.class)),
                        storage,
                        groups),
                storage,
                groups,
                new NfsPolicy("stack", true, false));
    }

    /** Answers each group with an error code, "" for success. */
    private void answers(Map<String, String> codes) {
        when(ec2.authorizeSecurityGroupIngress(
                        ArgumentMatchers
                                .<Consumer<AuthorizeSecurityGroupIngressRequest.Builder>>any()))
                .thenCallRealMethod();
        when(ec2.authorizeSecurityGroupEgress(
                        ArgumentMatchers
                                .<Consumer<AuthorizeSecurityGroupEgressRequest.Builder>>any()))
                .thenCallRealMethod();
        when(ec2.authorizeSecurityGroupIngress(any(AuthorizeSecurityGroupIngressRequest.class)))
                .thenAnswer(call -> {
                    var request = call.getArgument(0, AuthorizeSecurityGroupIngressRequest.class);
                    answer(request.groupId(), request.ipPermissions(), codes);
                    return AuthorizeSecurityGroupIngressResponse.builder().build();
                });
        when(ec2.authorizeSecurityGroupEgress(any(AuthorizeSecurityGroupEgressRequest.class)))
                .thenAnswer(call -> {
                    var request = call.getArgument(0, AuthorizeSecurityGroupEgressRequest.class);
                    answer(request.groupId(), request.ipPermissions(), codes);
                    return AuthorizeSecurityGroupEgressResponse.builder().build();
                });
    }

    private void answer(String group, List<IpPermission> wanted, Map<String, String> codes) {
        asked.add(group);
        permissions.addAll(wanted);
        var code = codes.getOrDefault(group, "");
        if (!code.isEmpty()) {
            throw error(code);
        }
    }

    private static AwsServiceException error(String code) {
        return Ec2Exception.builder()
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }

    /** The groups of the mount target, which can be replaced. */
    private void attached(String... groups) {
        attached = List.of(groups);
        when(efs.describeMountTargets(
                        ArgumentMatchers.<Consumer<DescribeMountTargetsRequest.Builder>>any()))
                .thenReturn(
                        DescribeMountTargetsResponse.builder()
                                .mountTargets(
                                        MountTargetDescription.builder()
                                                .mountTargetId("fsmt-1")
                                                .fileSystemId("fs-1")
                                                .lifeCycleState("available")
                                                .availabilityZoneName("eu-west-1a")
                                                .vpcId("vpc-1")
                                                .subnetId("subnet-1")
                                                .build())
                                .build());
        when(efs.describeMountTargetSecurityGroups(
                        ArgumentMatchers
                                .<Consumer<DescribeMountTargetSecurityGroupsRequest.Builder>>any()))
                .thenAnswer(_ ->
                        DescribeMountTargetSecurityGroupsResponse.builder()
                                .securityGroups(attached)
                                .build());
        when(efs.modifyMountTargetSecurityGroups(
                        ArgumentMatchers
                                .<Consumer<ModifyMountTargetSecurityGroupsRequest.Builder>>any()))
                .thenCallRealMethod();
        when(efs.modifyMountTargetSecurityGroups(any(ModifyMountTargetSecurityGroupsRequest.class)))
                .thenAnswer(call -> {
                    attached =
                            call.getArgument(0, ModifyMountTargetSecurityGroupsRequest.class)
                                    .securityGroups();
                    return ModifyMountTargetSecurityGroupsResponse.builder().build();
                });
        when(ec2.createSecurityGroup(
                        ArgumentMatchers.<Consumer<CreateSecurityGroupRequest.Builder>>any()))
                .thenCallRealMethod();
    }

    /** The groups that are found when they are looked for. */
    private void named(SecurityGroup... found) {
        when(ec2.describeSecurityGroups(
                        ArgumentMatchers.<Consumer<DescribeSecurityGroupsRequest.Builder>>any()))
                .thenReturn(DescribeSecurityGroupsResponse.builder().securityGroups(found).build());
    }

    private static NfsPlan plan(NfsStep... steps) {
        return new NfsPlan(List.of(steps), List.of());
    }

    @Test
    void a_rule_is_tcp_2049_from_group_to_group_and_nothing_else() {
        answers(Map.of());
        var done = nfs().apply(plan(IN, OUT));
        assertThat(done.steps()).hasSize(2);
        assertThat(done.refusals()).isEmpty();
        assertThat(permissions)
                .hasSize(2)
                .allSatisfy(permission -> {
                    assertThat(permission.ipProtocol()).isEqualTo("tcp");
                    assertThat(permission.fromPort()).isEqualTo(2049);
                    assertThat(permission.toPort()).isEqualTo(2049);
                    assertThat(permission.ipRanges()).isEmpty();
                    assertThat(permission.ipv6Ranges()).isEmpty();
                    assertThat(permission.prefixListIds()).isEmpty();
                    assertThat(permission.userIdGroupPairs()).hasSize(1);
                });
    }

    @Test
    void a_rule_that_is_there_already_is_a_success() {
        answers(Map.of("sg-m1", "InvalidPermission.Duplicate"));
        var done = nfs().apply(plan(IN));
        assertThat(done.steps()).hasSize(1);
        assertThat(asked).containsExactly("sg-m1");
    }

    @Test
    void a_full_group_passes_the_rule_on_to_the_next() {
        answers(Map.of("sg-m1", FULL));
        var done = nfs().apply(plan(IN));
        assertThat(asked).containsExactly("sg-m1", "sg-m2");
        assertThat(done.steps())
                .singleElement()
                .isInstanceOfSatisfying(
                        NfsStep.AuthorizeIngress.class,
                        step -> assertThat(step.mountTargetGroup()).isEqualTo("sg-m2"));
    }

    @Test
    void where_all_five_groups_are_full_it_is_refused_with_what_to_raise() {
        answers(Map.of("sg-m1", FULL, "sg-m2", FULL));
        attached("sg-m1", "sg-m2", "sg-m3", "sg-m4", "sg-m5");
        named();
        var done = nfs().apply(plan(IN));
        assertThat(done.steps()).isEmpty();
        assertThat(done.refusals())
                .singleElement()
                .extracting(Refusal::remedy)
                .asString()
                .contains("quota");
    }

    @Test
    void where_all_groups_are_full_one_is_made_and_the_mount_target_keeps_its_own() {
        answers(Map.of("sg-m1", FULL, "sg-m2", FULL));
        attached("sg-m1", "sg-m2");
        named();
        when(ec2.createSecurityGroup(any(CreateSecurityGroupRequest.class)))
                .thenReturn(CreateSecurityGroupResponse.builder().groupId("sg-new").build());
        var done = nfs().apply(plan(IN));
        assertThat(asked).containsExactly("sg-m1", "sg-m2", "sg-new");
        assertThat(attached).containsExactly("sg-m1", "sg-m2", "sg-new");
        assertThat(done.steps())
                .extracting(step -> step.getClass().getSimpleName())
                .containsExactly("AuthorizeIngress", "AttachGroup");
    }

    @Test
    void the_managed_group_is_made_once_and_is_full_like_any_other() {
        answers(Map.of("sg-m1", FULL, "sg-m2", FULL));
        attached("sg-m1", "sg-m2");
        named(
                SecurityGroup.builder()
                        .groupId("sg-m2")
                        .tags(Tag.builder().key("efs-autopilot/managed").value("stack").build())
                        .build());
        var done = nfs().apply(plan(IN));
        assertThat(attached).hasSize(2);
        assertThat(done.refusals()).hasSize(1);
    }

    @Test
    void somebody_elses_group_of_that_name_is_not_used() {
        answers(Map.of("sg-m1", FULL, "sg-m2", FULL));
        attached("sg-m1", "sg-m2");
        named(SecurityGroup.builder().groupId("sg-theirs").build());
        var done = nfs().apply(plan(IN));
        assertThat(asked).doesNotContain("sg-theirs");
        assertThat(done.refusals()).extracting(Refusal::field).containsExactly("sg-theirs");
    }

    @Test
    void groups_that_somebody_changes_at_the_same_time_are_looked_at_again() {
        answers(Map.of("sg-m1", FULL, "sg-m2", FULL));
        attached("sg-m1", "sg-m2");
        named();
        when(ec2.createSecurityGroup(any(CreateSecurityGroupRequest.class)))
                .thenReturn(CreateSecurityGroupResponse.builder().groupId("sg-new").build());
        when(efs.modifyMountTargetSecurityGroups(any(ModifyMountTargetSecurityGroupsRequest.class)))
                .thenAnswer(_ -> {
                    attached = List.of("sg-theirs");
                    return ModifyMountTargetSecurityGroupsResponse.builder().build();
                });
        assertThatThrownBy(() -> nfs().apply(plan(IN))).isInstanceOf(NotYet.class);
    }

    @Test
    void a_group_of_another_account_is_named_with_its_owner() {
        answers(Map.of());
        when(ec2.authorizeSecurityGroupIngress(any(AuthorizeSecurityGroupIngressRequest.class)))
                .thenAnswer(call -> {
                    var request = call.getArgument(0, AuthorizeSecurityGroupIngressRequest.class);
                    permissions.addAll(request.ipPermissions());
                    var owner =
                            request.ipPermissions()
                                    .getFirst()
                                    .userIdGroupPairs()
                                    .getFirst()
                                    .userId();
                    if (owner == null) {
                        throw error("InvalidGroup.NotFound");
                    }
                    return AuthorizeSecurityGroupIngressResponse.builder().build();
                });
        named(SecurityGroup.builder().groupId("sg-t").ownerId("210987654321").build());
        var done = nfs().apply(plan(IN));
        assertThat(done.steps()).hasSize(1);
        assertThat(permissions.getLast().userIdGroupPairs())
                .singleElement()
                .extracting(UserIdGroupPair::userId)
                .isEqualTo("210987654321");
    }

    @Test
    void a_group_that_is_gone_does_not_keep_the_other_way_from_being_opened() {
        answers(Map.of("sg-m1", "InvalidGroup.NotFound"));
        named();
        var done = nfs().apply(plan(IN, OUT));
        assertThat(done.steps()).hasSize(1);
        assertThat(done.refusals()).hasSize(1);
    }

    @Test
    void every_other_error_is_thrown_so_that_lambda_tries_again() {
        answers(Map.of("sg-m1", "RequestLimitExceeded"));
        assertThatThrownBy(() -> nfs().apply(plan(IN))).isInstanceOf(Ec2Exception.class);
    }
}
