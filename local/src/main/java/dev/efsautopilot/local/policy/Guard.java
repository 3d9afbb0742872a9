package dev.efsautopilot.local.policy;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Caller;
import dev.efsautopilot.local.call.Principal;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import dev.efsautopilot.local.fault.FaultAnswers;
import dev.efsautopilot.local.policy.Statement.Grant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Lets a function do what the policies of its role allow, as they were deployed, and nothing else.
 * People are not held. Of a role's managed policies nothing is taken: they are for Lambda itself.
 */
public final class Guard {

    private final RolePolicies policies;
    private final Lookups lookups;
    private final Map<Principal, Set<Grant>> used = new ConcurrentHashMap<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    /** Before the roles of this MiniStack. */
    public Guard(Upstream upstream) {
        this.policies = new RolePolicies(upstream);
        this.lookups = new ServiceLookups(upstream);
    }

    /** What the service answers where the caller's policies don't allow the call. */
    public Optional<Response> refusal(AwsCall call) {
        return switch (call.caller()) {
            case Caller.User _ -> {
                policies.seenBy(call);
                yield Optional.empty();
            }
            case Caller.Function function ->
                    Accesses.of(call, function, lookups).stream()
                            .filter(access -> !allowed(function, access))
                            .findFirst()
                            .map(access ->
                                    FaultAnswers.denied(call, access.action(), access.resource()));
        };
    }

    /**
     * What a function may do, and what it did with it.
     *
     * @param policy that of its role, as it is deployed now
     * @param used what allowed its calls so far
     */
    public record Audit(String function, Policy policy, Set<Grant> used) {}

    /** Of each function that has called. */
    public List<Audit> audits() {
        return used.entrySet().stream()
                .map(entry ->
                        new Audit(
                                entry.getKey().functionName(),
                                policies.of(entry.getKey()),
                                Set.copyOf(entry.getValue())))
                .toList();
    }

    /** What was refused, a line for each call. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    private boolean allowed(Caller.Function function, Access access) {
        var grants = policies.of(function.principal()).allowing(access);
        if (grants.isEmpty()) {
            refused.add(function.name() + ": " + access);
        }
        used.computeIfAbsent(function.principal(), _ -> ConcurrentHashMap.newKeySet())
                .addAll(grants);
        return !grants.isEmpty();
    }
}
