package dev.efsautopilot.diagnosis;

import java.util.function.Function;

/**
 * What came of one check.
 *
 * @param check what was checked
 * @param verdict what came of it
 * @param evidence what was seen, with ids; the reason where it is unknown
 * @param repair what repairs it: what happens by itself, or the exact command; "" where nothing is
 *     broken
 */
public record Finding(Check check, Verdict verdict, String evidence, String repair) {

    /** What came of a check. */
    public enum Verdict {
        /** It keeps the mount from working, or makes it too slow to work with. */
        BROKEN,
        /** It could not be checked. */
        UNKNOWN,
        /** It is as it should be. */
        OK
    }

    static Finding ok(Check check, String evidence) {
        return new Finding(check, Verdict.OK, evidence, "");
    }

    static Finding broken(Check check, String evidence, String repair) {
        return new Finding(check, Verdict.BROKEN, evidence, repair);
    }

    static Finding unknown(Check check, String why) {
        return new Finding(check, Verdict.UNKNOWN, why, "");
    }

    /** What this verdict says of a fact; unknown where the fact is. */
    static <T> Finding of(Check check, Fact<T> fact, Function<T, Finding> verdict) {
        return switch (fact) {
            case Fact.Known<T>(var value) -> verdict.apply(value);
            case Fact.Unknown<T>(var why) -> unknown(check, why);
        };
    }
}
