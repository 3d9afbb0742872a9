package dev.efsautopilot.nfsingress;

import dev.efsautopilot.aws.Bus;
import dev.efsautopilot.network.NfsPlan;
import dev.efsautopilot.network.OpenNfs;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.report.LogLine;
import java.util.List;
import java.util.Map;

/** Carries a plan out and tells it on the bus. */
final class Opening {

    private final OpenNfs nfs;
    private final Bus bus;

    Opening(OpenNfs nfs, Bus bus) {
        this.nfs = nfs;
        this.bus = bus;
    }

    /**
     * Does what the plan says.
     *
     * @param subject the ARN of the task or service it is for
     */
    NfsPlan carryOut(String subject, NfsPlan plan) {
        var done = nfs.apply(plan);
        if (!done.steps().isEmpty()) {
            bus.tell(
                    "NFS Opened",
                    List.of(subject),
                    Map.of("subject", subject, "steps", LogLine.steps(done.steps())));
        }
        // Whose owner did not opt in is none of our business, and no news.
        done.refusals().stream()
                .filter(refusal -> refusal.kind() != Refusal.Kind.FORBIDDEN)
                .forEach(refusal -> tell(subject, refusal));
        return done;
    }

    private void tell(String subject, Refusal refusal) {
        bus.tell(
                "NFS Refused",
                List.of(subject),
                Map.of(
                        "subject",
                        subject,
                        "field",
                        refusal.field(),
                        "problem",
                        refusal.problem(),
                        "remedy",
                        refusal.remedy()));
    }

    /** What came of it for an event: whose owner did not opt in is left alone in silence. */
    static Outcome told(String subject, NfsPlan done) {
        var said =
                done.refusals().stream()
                        .filter(refusal -> refusal.kind() != Refusal.Kind.FORBIDDEN)
                        .findFirst();
        if (done.steps().isEmpty() && said.isEmpty() && !done.refusals().isEmpty()) {
            return new Outcome.Ignored(subject, done.refusals().getFirst().sentence());
        }
        return answered(subject, new NfsPlan(done.steps(), said.map(List::of).orElse(List.of())));
    }

    /** What came of it for somebody who asked. */
    static Outcome answered(String subject, NfsPlan done) {
        if (done.steps().isEmpty() && !done.refusals().isEmpty()) {
            return new Outcome.Refused(subject, done.refusals().getFirst());
        }
        return new Outcome.Done(subject, done.steps(), refused(done));
    }

    /** The plan that would be carried out. */
    static Outcome planned(String subject, NfsPlan plan) {
        return new Outcome.Planned(subject, plan.steps(), refused(plan));
    }

    private static Map<String, ?> refused(NfsPlan plan) {
        return Map.of("refused", plan.refusals().stream().map(Refusal::sentence).toList());
    }
}
