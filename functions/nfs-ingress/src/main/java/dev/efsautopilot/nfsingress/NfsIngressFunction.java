package dev.efsautopilot.nfsingress;

import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.event.ApiCall;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.function.LambdaFunction;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.network.Loss;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.rehearsal.Rehearsal;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes TCP 2049 open between tasks and their mount targets, both ways and nothing wider, and
 * remembers how tasks were launched.
 */
public final class NfsIngressFunction extends LambdaFunction {

    private final Ledger ledger;
    private final OwnCalls own;
    private final Clock clock;
    private final Tasks tasks;
    private final Calls calls;
    private final PutBack putBack;
    private final Instances instances;
    private final ByHand byHand;

    /** The function in Lambda. */
    public NfsIngressFunction() {
        var settings = Settings.of(System.getenv());
        var clients = Clients.at(settings.endpoint());
        Rehearsal.beforeSnapshot(
                clients,
                () -> new NfsIngressFunction(settings, clients, Clock.systemUTC()),
                "task-running.json",
                "task-pending.json",
                "run-task-api-call.json",
                "create-service.json",
                "revoke-security-group-ingress.json");
        this(settings, clients, Clock.systemUTC());
    }

    /** The function on an AWS of the caller's choice. */
    public NfsIngressFunction(Settings settings, Clients clients) {
        this(settings, clients, Clock.systemUTC());
    }

    NfsIngressFunction(Settings settings, Clients clients, Clock clock) {
        var wiring = Wiring.of(settings, clients);
        this.ledger = clients.ledger(settings.ledgerTable());
        this.own = new OwnCalls(settings.stackName());
        this.clock = clock;
        this.tasks = new Tasks(settings, wiring);
        this.calls = new Calls(wiring);
        this.putBack = new PutBack(wiring);
        this.instances = new Instances(wiring);
        this.byHand = new ByHand(wiring);
    }

    /** A call that is repeated under its Idempotency-Key is not carried out again. */
    @Override
    protected Optional<Ledger> answers() {
        return Optional.of(ledger);
    }

    @Override
    protected Outcome on(Trigger trigger) {
        var now = clock.instant();
        return switch (trigger) {
            case Trigger.TaskChanged(var task, _) -> tasks.changed(task, now);
            case Trigger.ApiCalled(var call) -> called(call, now);
            case Trigger.InstanceChanged event -> instances.changed(event, now);
            case Trigger.Asked(var request, var dryRun) -> byHand.asked(request, dryRun, now);
            case Trigger.Requested(var type, _, _) ->
                    new Outcome.Ignored("", "not for this function: " + type);
            case Trigger.Scheduled() ->
                    new Outcome.Ignored("", "not for this function: a schedule");
            case Trigger.Unrecognised(var why) -> new Outcome.Ignored("", why);
        };
    }

    private Outcome called(ApiCall call, Instant now) {
        if (call.errorCode().isPresent()) {
            return new Outcome.Ignored(call.eventName(), "the call failed");
        }
        return switch (call.eventSource() + " " + call.eventName()) {
            case "ecs.amazonaws.com RunTask" -> calls.ranTasks(call, now);
            case "ecs.amazonaws.com CreateService", "ecs.amazonaws.com UpdateService" ->
                    calls.changedService(call, now);
            case "ec2.amazonaws.com RevokeSecurityGroupIngress",
                    "ec2.amazonaws.com RevokeSecurityGroupEgress" ->
                    own.made(call) ? ours(call) : lost(Loss.ofRules(call), call, now);
            case "elasticfilesystem.amazonaws.com ModifyMountTargetSecurityGroups" ->
                    own.made(call) ? ours(call) : lost(Loss.ofGroups(call), call, now);
            case String other -> new Outcome.Ignored("", "not for this function: " + other);
        };
    }

    private Outcome lost(Loss loss, ApiCall call, Instant now) {
        return putBack.lost(loss, call.eventTime(), now);
    }

    private static Outcome ours(ApiCall call) {
        return new Outcome.Ignored(call.eventName(), "the call is our own");
    }
}
