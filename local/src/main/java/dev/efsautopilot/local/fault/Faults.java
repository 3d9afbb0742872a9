package dev.efsautopilot.local.fault;

import dev.efsautopilot.local.call.AwsCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which faults the functions shall meet. A user's calls never meet any. Calls are named as IAM
 * names actions, {@code ecs:RunTask}, with {@code *} at the end for all that begin alike.
 *
 * <p>The same seed gives the n-th call of one operation by one function the same fate, whatever
 * else happens in between.
 *
 * @param shares of all calls, each from 0 to 1, together at most 1
 * @param aimed faults of certain calls, which come before the shares
 * @param only the calls that the shares are of; empty for all
 * @param except calls that the shares spare
 * @param functions ends of the names of the functions that meet them; empty for all
 * @param slowness how long a slow answer takes
 */
public record Faults(
        long seed,
        Map<FaultKind, Double> shares,
        List<Aimed> aimed,
        List<String> only,
        List<String> except,
        List<String> functions,
        Duration slowness) {

    /**
     * A fault of certain calls.
     *
     * @param call such as {@code ecs:RunTask}
     * @param number which of these calls of one function, from 1; 0 for every one
     */
    public record Aimed(String call, int number, FaultKind kind) {}

    public Faults {
        shares = Map.copyOf(shares);
        aimed = List.copyOf(aimed);
        only = List.copyOf(only);
        except = List.copyOf(except);
        functions = List.copyOf(functions);
        if (shares.values().stream().mapToDouble(share -> share).sum() > 1.000_001) {
            throw new IllegalArgumentException("more faults than calls: " + shares);
        }
    }

    /** None yet. */
    public static Faults seeded(long seed) {
        return new Faults(
                seed, Map.of(), List.of(), List.of(), List.of(), List.of(), Duration.ofMillis(800));
    }

    /** This share of the calls is throttled. */
    public Faults throttling(double share) {
        return share(FaultKind.THROTTLING, share);
    }

    /** This share of the calls meets a fault of this kind. */
    public Faults share(FaultKind kind, double share) {
        var more = new EnumMap<FaultKind, Double>(FaultKind.class);
        more.putAll(shares);
        more.put(kind, share);
        return new Faults(seed, more, aimed, only, except, functions, slowness);
    }

    /** Every call of this name meets this fault. */
    public Faults always(String call, FaultKind kind) {
        return at(call, 0, kind);
    }

    /** The call of this name with this number, counted from 1 for each function, meets a fault. */
    public Faults at(String call, int number, FaultKind kind) {
        var more = new ArrayList<>(aimed);
        more.add(new Aimed(call, number, kind));
        return new Faults(seed, shares, more, only, except, functions, slowness);
    }

    /** The shares are of these calls. */
    public Faults only(String... calls) {
        return new Faults(seed, shares, aimed, Arrays.asList(calls), except, functions, slowness);
    }

    /** The shares spare these calls. */
    public Faults except(String... calls) {
        return new Faults(seed, shares, aimed, only, Arrays.asList(calls), functions, slowness);
    }

    /** Only these functions meet faults, such as {@code task-rerun}. */
    public Faults of(String... names) {
        return new Faults(seed, shares, aimed, only, except, Arrays.asList(names), slowness);
    }

    /** How long a slow answer takes. */
    public Faults slowFor(Duration value) {
        return new Faults(seed, shares, aimed, only, except, functions, value);
    }

    boolean concern(AwsCall call) {
        return call.caller().isFunction()
                && (functions.isEmpty() || functions.stream().anyMatch(call.caller()::is));
    }

    boolean mayHit(AwsCall call) {
        return (only.isEmpty() || only.stream().anyMatch(name -> names(name, call)))
                && except.stream().noneMatch(name -> names(name, call));
    }

    static boolean names(String name, AwsCall call) {
        var full = call.service() + ":" + call.operation();
        return name.endsWith("*")
                ? full.startsWith(name.substring(0, name.length() - 1))
                : full.equals(name);
    }
}
