package dev.efsautopilot.plan;

import java.util.List;
import java.util.Map;

/** What came of a trigger. It is logged, counted, and answered to whoever waits for an answer. */
public sealed interface Outcome {

    /** What it was about: an ARN, an id, or {@code family:revision}; "" where nothing is known. */
    String subject();

    /**
     * The plan was carried out; an empty plan means that everything was as it should be.
     *
     * @param result what a caller gets, e.g. {@code accessPointId}: values that Jackson writes
     */
    record Done(String subject, List<? extends Step> plan, Map<String, ?> result)
            implements Outcome {}

    /** The plan that would be carried out ({@code dryRun}). */
    record Planned(String subject, List<? extends Step> plan, Map<String, ?> result)
            implements Outcome {}

    /** Nothing was done, and a person has to do something first. */
    record Refused(String subject, Refusal refusal) implements Outcome {}

    /** Nothing was to be done, by what the event says. */
    record Ignored(String subject, String why) implements Outcome {}

    /** The outcome that there is, or that it was refused. */
    static Outcome of(Result<Outcome> result) {
        return switch (result) {
            case Result.Ok<Outcome>(var outcome) -> outcome;
            case Result.Refused<Outcome>(var refusal) -> new Refused("", refusal);
        };
    }
}
