package dev.efsautopilot.local.gateway;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.fault.FaultInjection;
import dev.efsautopilot.local.fault.FaultKind;
import dev.efsautopilot.local.fault.Faults;
import dev.efsautopilot.local.fault.StaleReads;
import dev.efsautopilot.local.gap.Gap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The faults that functions meet now. */
final class Trouble {

    private final List<FaultInjection> injections = new CopyOnWriteArrayList<>();
    private final StaleReads reads = new StaleReads();
    private final Consumer<String> kill;

    Trouble(Consumer<String> kill) {
        this.kill = kill;
    }

    /**
     * What came of a call.
     *
     * @param response what the service answered
     * @param lost whether that never reaches the caller
     */
    record Outcome(Response response, Optional<FaultKind> fault, boolean lost) {}

    FaultInjection add(Faults faults) {
        var injection = new FaultInjection(faults, reads, kill, injections::remove);
        injections.add(injection);
        return injection;
    }

    Outcome meet(AwsCall call, Gap.Next next) {
        for (var injection : injections) {
            var met = injection.awaiting(call).flatMap(kind -> injection.meet(kind, call, next));
            if (met.isPresent()) {
                var it = met.get();
                return new Outcome(it.response(), Optional.of(it.kind()), it.lost());
            }
        }
        var response = next.pass(call);
        if (!injections.isEmpty()) {
            reads.remember(call, response);
        }
        return new Outcome(response, Optional.empty(), false);
    }
}
