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
import dev.efsautopilot.plan.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.efs.EfsClient;

/** What reaches the SDK, and what its errors mean. */
final class OpenNfsTest {

    private static final NfsStep.AuthorizeIngress IN =
            new NfsStep.AuthorizeIngress(
                    "fs-1", "sg-m1", List.of("sg-m2"), "sg-t", "NFS", Map.of("k", "v"), "closed");
    private static final NfsStep.AuthorizeEgress OUT =
            new NfsStep.AuthorizeEgress(
                    "fs-1", "sg-t", List.of(), "sg-m1", "NFS", Map.of("k", "v"), "closed");

    private final Ec2Client ec2 = mock(Ec2Client.class);
    private final List<String> asked = new ArrayList<>();
    private final List<IpPermission> permissions = new ArrayList<>();

    private OpenNfs nfs() {
        var groups = new Ec2(() -> ec2);
        var efs = new Efs(() -> mock(EfsClient.class));
        return new OpenNfs(
                new NfsReader(new Ecs(() -> mock(EcsClient.class)), efs, groups),
                efs,
                groups,
                new NfsPolicy("stack", true, false));
    }

    /** Answers each group with an error code, "" for success. */
    private void answers(Map<String, String> codes) {
        when(ec2.authorizeSecurityGroupIngress(
                        org.mockito.ArgumentMatchers
                                .<Consumer<AuthorizeSecurityGroupIngressRequest.Builder>>any()))
                .thenCallRealMethod();
        when(ec2.authorizeSecurityGroupEgress(
                        org.mockito.ArgumentMatchers
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
            throw Ec2Exception.builder()
                    .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                    .build();
        }
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
        answers(Map.of("sg-m1", "RulesPerSecurityGroupLimitExceeded"));
        var done = nfs().apply(plan(IN));
        assertThat(asked).containsExactly("sg-m1", "sg-m2");
        assertThat(done.steps())
                .singleElement()
                .isInstanceOfSatisfying(
                        NfsStep.AuthorizeIngress.class,
                        step -> assertThat(step.mountTargetGroup()).isEqualTo("sg-m2"));
    }

    @Test
    void where_all_groups_are_full_it_is_refused_with_what_to_raise() {
        var full = "RulesPerSecurityGroupLimitExceeded";
        answers(Map.of("sg-m1", full, "sg-m2", full));
        var done = nfs().apply(plan(IN));
        assertThat(done.steps()).isEmpty();
        assertThat(done.refusals())
                .singleElement()
                .extracting(Refusal::remedy)
                .asString()
                .contains("quota");
    }

    @Test
    void a_group_that_is_gone_does_not_keep_the_other_way_from_being_opened() {
        answers(Map.of("sg-m1", "InvalidGroup.NotFound"));
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
