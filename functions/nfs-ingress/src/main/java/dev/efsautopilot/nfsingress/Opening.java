package dev.efsautopilot.nfsingress;

import dev.efsautopilot.aws.Bus;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.NfsPlan;
import dev.efsautopilot.network.OpenNfs;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.report.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Carries a plan out and tells it on the bus. */
final class Opening {

    private static final Duration TOLD = Duration.ofHours(2);

    private final OpenNfs nfs;
    private final Bus bus;
    private final Ledger ledger;

    Opening(OpenNfs nfs, Bus bus, Ledger ledger) {
        this.nfs = nfs;
        this.bus = bus;
        this.ledger = ledger;
    }

    /**
     * Does what the plan says.
     *
     * @param subject the ARN of the task or service it is for
     */
    NfsPlan carryOut(String subject, NfsPlan plan, Instant now) {
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
                .filter(refusal -> isNews(subject, refusal, now))
                .forEach(refusal -> tell(subject, refusal));
        return done;
    }

    /** A task that starts has several events, and one reason is told once an hour. */
    private boolean isNews(String subject, Refusal refusal, Instant now) {
        var hour = now.truncatedTo(ChronoUnit.HOURS);
        return ledger.create(
                "refused#" + subject + "#" + refusal.field() + "#" + hour,
                Json.MAPPER.createObjectNode(),
                hour.plus(TOLD));
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
