package dev.efsautopilot.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.event.ApiCall;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.NfsStep.AttachGroup;
import dev.efsautopilot.network.NfsStep.AuthorizeEgress;
import dev.efsautopilot.network.NfsStep.AuthorizeIngress;
import dev.efsautopilot.network.NfsStep.CreateMountTarget;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody took away that a running task may need. */
public sealed interface Loss {

    /** What it was taken from: a security group or a mount target. */
    String id();

    /** Whether it can have been about NFS. */
    boolean aboutNfs();

    /** Whether this step would put it back. */
    boolean putBackBy(NfsStep step, NfsFacts facts);

    /**
     * What the ledger counts it as.
     *
     * @param rule the ledger's key of the rule that is lost
     */
    String counted(String rule);

    /**
     * Rules of a security group.
     *
     * @param id the group
     * @param egress whether they were about traffic that leaves
     * @param told what the call says of each; none where it says nothing
     */
    record Rules(String id, boolean egress, List<Gone> told) implements Loss {

        @Override
        public boolean aboutNfs() {
            return told.isEmpty() || told.stream().anyMatch(Gone::coveredNfs);
        }

        @Override
        public boolean putBackBy(NfsStep step, NfsFacts facts) {
            return switch (step) {
                case AuthorizeIngress it ->
                        !egress
                                && it.groups().contains(id)
                                && letThrough(
                                        facts.clients().stream()
                                                .flatMap(one -> one.securityGroups().stream())
                                                .toList());
                case AuthorizeEgress it ->
                        egress
                                && it.groups().contains(id)
                                && letThrough(
                                        facts.targets()
                                                .flatMap(one -> one.securityGroups().stream())
                                                .toList());
                case CreateMountTarget _, AttachGroup _ -> false;
            };
        }

        @Override
        public String counted(String rule) {
            return rule;
        }

        /** A range may have been anybody's. */
        private boolean letThrough(Collection<String> groups) {
            return told.isEmpty()
                    || told.stream()
                            .filter(Gone::coveredNfs)
                            .anyMatch(
                                    one -> one.peer().filter(id -> !groups.contains(id)).isEmpty());
        }
    }

    /**
     * A rule that is gone.
     *
     * @param coveredNfs whether it let TCP 2049 through
     * @param peer the other side, where it is a security group
     */
    record Gone(boolean coveredNfs, Optional<String> peer) {}

    /**
     * Security groups of a mount target.
     *
     * @param id the mount target
     */
    record Groups(String id) implements Loss {

        @Override
        public boolean aboutNfs() {
            return true;
        }

        @Override
        public boolean putBackBy(NfsStep step, NfsFacts facts) {
            return step instanceof AuthorizeIngress it && it.mountTargetId().equals(id);
        }

        /** The rule is another one each time. */
        @Override
        public String counted(String rule) {
            return "replaced#" + id;
        }
    }

    /**
     * What {@code RevokeSecurityGroupIngress} or {@code RevokeSecurityGroupEgress} took away. A
     * call names its rules by what they say, or by their ids, and then its answer says what they
     * were ({@code revokedSecurityGroupRuleSet}).
     */
    static Loss ofRules(ApiCall call) {
        var named =
                items(call.request(), "ipPermissions")
                        .flatMap(permission ->
                                peers(permission).map(peer -> gone(permission, peer)));
        var answered =
                items(call.response(), "revokedSecurityGroupRuleSet")
                        .map(rule -> gone(rule, Json.optionalText(rule, "referencedGroupId")));
        return new Rules(
                Json.text(call.request(), "groupId"),
                call.eventName().endsWith("Egress"),
                Stream.concat(named, answered).toList());
    }

    /** What {@code ModifyMountTargetSecurityGroups} may have taken away. */
    static Loss ofGroups(ApiCall call) {
        return new Groups(Json.text(call.request(), "mountTargetId"));
    }

    private static Gone gone(JsonNode rule, Optional<String> peer) {
        return new Gone(
                SecurityRule.coversNfs(
                        rule.path("ipProtocol").asText(),
                        rule.path("fromPort").asInt(-1),
                        rule.path("toPort").asInt(-1)),
                peer);
    }

    /** One for each group, and one for all that is not a group. */
    private static Stream<Optional<String>> peers(JsonNode permission) {
        var groups = items(permission, "groups").map(group -> Json.optionalText(group, "groupId"));
        var others =
                Stream.of("ipRanges", "ipv6Ranges", "prefixListIds")
                        .flatMap(name -> items(permission, name))
                        .limit(1)
                        .map(_ -> Optional.<String>empty());
        return Stream.concat(groups, others);
    }

    private static Stream<JsonNode> items(JsonNode node, String list) {
        return Json.list(Json.object(node, list), "items").stream();
    }
}
