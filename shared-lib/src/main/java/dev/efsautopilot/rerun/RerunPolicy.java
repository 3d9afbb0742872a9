package dev.efsautopilot.rerun;

import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When a stopped task is run again: the words of the tag {@code efs-autopilot/rerun}.
 *
 * @param on which ends count
 * @param exitCodes with {@code on=failure}, the exit codes that count; empty for every one but 0
 * @param attempts how often a task is run again, from 1 to 100. With {@code on=failure}, losses of
 *     a running task's infrastructure do not use them up
 * @param backoff the first wait; it doubles with each attempt
 * @param maxBackoff the longest wait
 * @param exclusive whether a copy that somebody else started meanwhile stands in its way: one of
 *     the same family with the same overrides
 */
public record RerunPolicy(
        On on,
        Set<Integer> exitCodes,
        int attempts,
        Duration backoff,
        Duration maxBackoff,
        boolean exclusive) {

    /** The tag on a task or a task definition. */
    public static final String TAG = "efs-autopilot/rerun";

    /** Which ends are followed by a re-run. */
    public enum On {
        /** None. */
        OFF,
        /** Infrastructure that was lost or not there, and storage that could be repaired. */
        INFRASTRUCTURE,
        /** The same, and containers that exit with an error. */
        FAILURE
    }

    /** No re-run at all: what holds without a tag. */
    public static final RerunPolicy OFF =
            new RerunPolicy(
                    On.OFF, Set.of(), 3, Duration.ofSeconds(30), Duration.ofMinutes(15), true);

    private static final Set<String> WORDS =
            Set.of("on", "exit", "attempts", "backoff", "max-backoff", "exclusive");
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})([smh])");
    private static final Pattern EXIT_CODES = Pattern.compile("[1-9][0-9]{0,2}(:[1-9][0-9]{0,2})*");
    private static final Pattern ATTEMPTS = Pattern.compile("[1-9][0-9]?|100");

    /** A word that is not as it must be. */
    private static final class Wrong extends Exception {
        private final transient Refusal refusal;

        Wrong(String word, String problem, String remedy) {
            refusal = Refusal.invalid(TAG + ": " + word, problem, remedy);
        }
    }

    /**
     * Parses the words, e.g. {@code on=infrastructure attempts=3 backoff=30s}. {@code off} alone is
     * {@code on=off}.
     */
    public static Result<RerunPolicy> parse(String words) {
        try {
            return Result.ok(policy(pairs(words)));
        } catch (Wrong e) {
            return Result.refused(e.refusal);
        }
    }

    private static RerunPolicy policy(Map<String, String> pairs) throws Wrong {
        var on = on(pairs.getOrDefault("on", ""));
        var policy =
                new RerunPolicy(
                        on,
                        exitCodes(pairs.getOrDefault("exit", "")),
                        attempts(pairs.getOrDefault("attempts", "3")),
                        duration("backoff", pairs.getOrDefault("backoff", "30s")),
                        duration("max-backoff", pairs.getOrDefault("max-backoff", "15m")),
                        flag(pairs.getOrDefault("exclusive", "on")));
        if (!policy.exitCodes.isEmpty() && on != On.FAILURE) {
            throw new Wrong("exit", "it counts with on=failure only", "write on=failure");
        }
        if (policy.backoff.compareTo(policy.maxBackoff) > 0) {
            throw new Wrong("backoff", "it is longer than max-backoff", "raise max-backoff");
        }
        return policy;
    }

    private static Map<String, String> pairs(String words) throws Wrong {
        var pairs = new HashMap<String, String>();
        for (var word : words.strip().split("\\s+", -1)) {
            var at = word.indexOf('=');
            var name = at < 0 ? "on" : word.substring(0, at);
            if (!WORDS.contains(name) || (at < 0 && !word.equals("off"))) {
                throw new Wrong(word, "is no word of this tag", "the words are " + sorted());
            }
            if (pairs.put(name, word.substring(at + 1)) != null) {
                throw new Wrong(name, "is there twice", "leave one");
            }
        }
        return pairs;
    }

    private static String sorted() {
        return WORDS.stream().sorted().map(word -> word + "=").collect(Collectors.joining(" "));
    }

    private static On on(String value) throws Wrong {
        return switch (value) {
            case "off" -> On.OFF;
            case "infrastructure" -> On.INFRASTRUCTURE;
            case "failure" -> On.FAILURE;
            default ->
                    throw new Wrong(
                            "on",
                            value.isEmpty() ? "is missing" : "'" + value + "' is not known",
                            "write on=infrastructure, on=failure or on=off");
        };
    }

    private static Set<Integer> exitCodes(String value) throws Wrong {
        if (value.isEmpty()) {
            return Set.of();
        }
        if (!EXIT_CODES.matcher(value).matches()) {
            throw new Wrong("exit", "'" + value + "' are no exit codes", "write e.g. exit=75:137");
        }
        var codes = Stream.of(value.split(":")).map(Integer::valueOf).collect(Collectors.toSet());
        if (codes.stream().anyMatch(code -> code > 255)) {
            throw new Wrong("exit", "exit codes end at 255", "write e.g. exit=75:137");
        }
        return Set.copyOf(codes);
    }

    private static int attempts(String value) throws Wrong {
        if (!ATTEMPTS.matcher(value).matches()) {
            throw new Wrong("attempts", "'" + value + "' is not 1 to 100", "write e.g. attempts=3");
        }
        return Integer.parseInt(value);
    }

    private static Duration duration(String word, String value) throws Wrong {
        var matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw new Wrong(
                    word, "'" + value + "' is no duration", "write e.g. " + word + "=30s, 15m, 1h");
        }
        var number = Long.parseLong(matcher.group(1));
        var duration =
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                };
        if (duration.compareTo(Duration.ofDays(1)) > 0) {
            throw new Wrong(word, "'" + value + "' is longer than a day", "write at most 24h");
        }
        return duration;
    }

    private static boolean flag(String value) throws Wrong {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default ->
                    throw new Wrong("exclusive", "'" + value + "' is not known", "write on or off");
        };
    }

    /** Whether this exit code is one that counts. */
    boolean counts(int exitCode) {
        return exitCodes.isEmpty() ? exitCode != 0 : exitCodes.contains(exitCode);
    }
}
