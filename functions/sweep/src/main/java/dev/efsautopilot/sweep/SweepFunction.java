package dev.efsautopilot.sweep;

import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.function.LambdaFunction;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.rehearsal.Rehearsal;

/** Finds what an event should have triggered and did not. */
public final class SweepFunction extends LambdaFunction {

    private final Sweep sweep;

    /** The function in Lambda. */
    public SweepFunction() {
        var settings = Settings.of(System.getenv());
        var clients = Clients.at(settings.endpoint());
        Rehearsal.beforeSnapshot(
                clients,
                () -> new SweepFunction(Sweep.on(clients, settings)),
                "sweep-scheduled.json");
        this(settings, clients);
    }

    /** The function on an AWS of the caller's choice. */
    public SweepFunction(Settings settings, Clients clients) {
        this(Sweep.on(clients, settings));
    }

    SweepFunction(Sweep sweep) {
        this.sweep = sweep;
    }

    @Override
    protected Outcome on(Trigger trigger) {
        return switch (trigger) {
            case Trigger.Scheduled() -> sweep.all(false);
            case Trigger.Asked(var request, var dryRun) when request.has("sweep") ->
                    sweep.all(dryRun);
            case Trigger.Asked _ -> notOurs("a request without \"sweep\"");
            case Trigger.Requested(var type, _, _) -> notOurs(type);
            case Trigger.TaskChanged(var task, _) -> notOurs(task.arn());
            case Trigger.InstanceChanged event -> notOurs(event.containerInstanceArn());
            case Trigger.ApiCalled(var call) -> notOurs(call.eventName());
            case Trigger.Unrecognised(var why) -> new Outcome.Ignored("", why);
        };
    }

    private static Outcome notOurs(String what) {
        return new Outcome.Ignored("", "not for this function: " + what);
    }
}
