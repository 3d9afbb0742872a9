package dev.efsautopilot.network;

import dev.efsautopilot.plan.Refusal;
import java.util.List;
import java.util.stream.Stream;

/**
 * What opens the way to some file systems, and what can't be opened. The one does not keep the
 * other from being done.
 *
 * @param steps in the order in which they are done; none where everything is open
 * @param refusals what a person has to do first; {@code FORBIDDEN} where an owner did not opt in
 */
public record NfsPlan(List<NfsStep> steps, List<Refusal> refusals) {

    /** Everything is open. */
    public static final NfsPlan NOTHING = new NfsPlan(List.of(), List.of());

    /** One step. */
    public static NfsPlan of(NfsStep step) {
        return new NfsPlan(List.of(step), List.of());
    }

    /** One refusal. */
    public static NfsPlan refused(Refusal refusal) {
        return new NfsPlan(List.of(), List.of(refusal));
    }

    /** Both, each step and refusal once. */
    public NfsPlan and(NfsPlan other) {
        return new NfsPlan(
                Stream.concat(steps.stream(), other.steps.stream()).distinct().toList(),
                Stream.concat(refusals.stream(), other.refusals.stream()).distinct().toList());
    }
}
