package dev.efsautopilot.local.policy;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Principal;
import dev.efsautopilot.local.call.Upstream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The inline policies of roles, read once until somebody deploys. */
final class RolePolicies {

    private final StoredPolicies stored;
    private final Map<String, Policy> known = new ConcurrentHashMap<>();

    RolePolicies(Upstream upstream) {
        this.stored = new StoredPolicies(upstream);
    }

    Policy of(Principal principal) {
        return known.computeIfAbsent(principal.roleArn().replaceAll(".*/", ""), this::read);
    }

    /** Whoever deploys asks how it went, the last time when it is done: then all is read anew. */
    void seenBy(AwsCall call) {
        if (call.service().equals("cloudformation") || call.service().equals("iam")) {
            known.clear();
        }
    }

    private Policy read(String role) {
        return Policy.of(stored.inline(role));
    }
}
