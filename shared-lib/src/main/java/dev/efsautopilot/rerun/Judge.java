package dev.efsautopilot.rerun;

import dev.efsautopilot.rerun.Verdict.Abandon;
import dev.efsautopilot.rerun.Verdict.Nothing;
import dev.efsautopilot.rerun.Verdict.Recovered;
import dev.efsautopilot.rerun.Verdict.Repair;
import dev.efsautopilot.rerun.Verdict.RunAgain;
import dev.efsautopilot.rerun.Verdict.WaitUntil;
import dev.efsautopilot.stop.StopClass;
import java.time.Duration;
import java.time.Instant;

/** From a situation to a verdict: cause × policy × history × whose task it is. */
final class Judge {

    private Judge() {}

    static Verdict verdict(Situation s) {
        if (s.byHand()) {
            return new RunAgain(s.nextAttempt(), "a person asked for it");
        }
        if (s.owner() != Owner.NOBODY && !(s.ownTag() && s.owner() != Owner.SERVICE)) {
            return notRun(s, s.owner().sentence());
        }
        if (s.policy().on() == RerunPolicy.On.OFF) {
            return notRun(s, "no tag " + RerunPolicy.TAG + " asks for a re-run");
        }
        return switch (s.cause().stopClass()) {
            case DONE ->
                    s.lineage().attempts().isEmpty()
                            ? new Nothing(s.cause().meaning())
                            : new Recovered("exit code 0 after a re-run");
            case WANTED -> new Nothing(s.cause().meaning());
            case HOPELESS -> new Abandon(s.cause().meaning(), Remedy.of(s.cause()));
            case UNKNOWN -> new Abandon(s.cause().meaning(), Remedy.of(s.cause()));
            case APPLICATION, OUT_OF_MEMORY -> failed(s);
            case STORAGE -> storage(s);
            case INFRASTRUCTURE -> run(s);
        };
    }

    /** Storage is repaired whoever runs the task: its next copy needs it. */
    private static Verdict notRun(Situation s, String why) {
        return s.cause().stopClass() == StopClass.STORAGE
                ? new Repair(false, 0, s.now(), s.cause().meaning() + "; not run again: " + why)
                : new Nothing(why);
    }

    private static Verdict failed(Situation s) {
        if (s.policy().on() != RerunPolicy.On.FAILURE) {
            return s.cause().stopClass() == StopClass.OUT_OF_MEMORY
                    ? new Abandon(s.cause().meaning(), Remedy.of(s.cause()))
                    : new Nothing(s.cause().meaning() + ", and the policy is on=infrastructure");
        }
        // A task that needs more memory than it has needs it again: only exit=137 says otherwise.
        var counts =
                s.cause().stopClass() == StopClass.OUT_OF_MEMORY
                        ? s.policy().exitCodes().contains(137)
                        : s.exitCodes().stream()
                                .anyMatch(code -> code != 0 && s.policy().counts(code));
        return counts
                ? run(s)
                : new Abandon(
                        s.cause().meaning() + " " + s.exitCodes() + ", which the policy leaves out",
                        Remedy.of(s.cause()));
    }

    private static Verdict storage(Situation s) {
        if (Remedy.onlyByHand(s.cause())) {
            return s.revised() ? run(s) : new Abandon(s.cause().meaning(), Remedy.of(s.cause()));
        }
        return switch (run(s)) {
            case RunAgain(var attempt, var why) ->
                    new Repair(true, attempt, ready(s, s.now()), why);
            case WaitUntil(var attempt, var at, var why) ->
                    new Repair(true, attempt, ready(s, attempt == 1 ? s.now() : at), why);
            case Repair repair -> repair;
            case Abandon abandon -> abandon;
            case Recovered recovered -> recovered;
            case Nothing nothing -> nothing;
        };
    }

    /** What AWS needs time for: efs-utils says five minutes, EFS documents 90 seconds for DNS. */
    private static Instant ready(Situation s, Instant at) {
        var soonest =
                switch (s.cause()) {
                    case MOUNT_TARGET_NOT_READY -> s.now().plus(Duration.ofMinutes(5));
                    case DNS -> s.now().plusSeconds(90);
                    case ACCESS_DENIED -> s.now().plusSeconds(60);
                    default -> at;
                };
        return soonest.isAfter(at) ? soonest : at;
    }

    private static Verdict run(Situation s) {
        if (s.copy() && s.policy().exclusive()) {
            return new Nothing("somebody started a copy of it since");
        }
        var used = s.lineage().used(s.policy());
        if (Attempt.uses(s.policy(), s.cause(), s.ran()) && used >= s.policy().attempts()) {
            return new Abandon(
                    "its "
                            + s.policy().attempts()
                            + " attempts are used up; now "
                            + s.cause().meaning(),
                    Remedy.of(s.cause()));
        }
        var before = s.lineage().attempts().size();
        var wait = Backoff.of(s.policy(), s.cause(), s.ran(), before, s.random());
        return wait.isZero()
                ? new RunAgain(s.nextAttempt(), s.cause().meaning())
                : new WaitUntil(s.nextAttempt(), s.now().plus(wait), s.cause().meaning());
    }
}
