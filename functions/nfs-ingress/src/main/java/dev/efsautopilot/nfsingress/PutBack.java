package dev.efsautopilot.nfsingress;

import dev.efsautopilot.network.Loss;
import dev.efsautopilot.network.NfsPlan;
import dev.efsautopilot.nfsingress.Needs.Need;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Somebody revoked a rule of a mount target's or a task's group, or replaced the groups: what
 * running tasks need is put back, once. It costs a few calls for each family that is known to need
 * the group.
 */
final class PutBack {

    /** Where the remembered task is gone, this many others of its family are looked at. */
    private static final int OTHERS = 5;

    private final Wiring wiring;

    PutBack(Wiring wiring) {
        this.wiring = wiring;
    }

    /** What was lost is put back where a running task needs it. */
    Outcome lost(Loss loss, Instant at, Instant now) {
        if (!loss.aboutNfs()) {
            return new Outcome.Ignored(loss.id(), "it was not about NFS");
        }
        var known = loss.id().isBlank() ? List.<Need>of() : wiring.needs().of(loss.id());
        if (known.isEmpty()) {
            return new Outcome.Ignored(loss.id(), "no task is known to need it");
        }
        var done = NfsPlan.NOTHING;
        for (var need : known) {
            for (var task : running(need).toList()) {
                done = done.and(putBack(task, need.family(), loss, at, now));
            }
        }
        return Opening.told(loss.id(), done);
    }

    private NfsPlan putBack(Task task, String family, Loss loss, Instant at, Instant now) {
        var definition = wiring.definitions().of(task.taskDefinitionArn(), now);
        var client = wiring.reader().client(task);
        if (definition.isEmpty() || client.isEmpty()) {
            return NfsPlan.NOTHING;
        }
        var facts =
                wiring.reader()
                        .facts(List.of(client.get()), definition.get().fileSystemIds(), family);
        var plan = wiring.truce().puttingBack(wiring.nfs().plan(facts), loss, facts, at, now);
        var done = wiring.opening().carryOut(task.arn(), plan, now);
        wiring.needs().remember(task, facts, done, now);
        return done;
    }

    private Stream<Task> running(Need need) {
        Optional<Task> remembered =
                wiring.ecs().tasks().find(need.cluster(), need.task()).filter(Tasks::starting);
        return remembered.isPresent()
                ? remembered.stream()
                : wiring.ecs().clusters().tasksOfFamily(need.cluster(), need.family()).stream()
                        .flatMap(List::stream)
                        .filter(Tasks::starting)
                        .limit(OTHERS);
    }
}
