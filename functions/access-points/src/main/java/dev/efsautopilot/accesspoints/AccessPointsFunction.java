package dev.efsautopilot.accesspoints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.Bus;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.function.LambdaFunction;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.rehearsal.Rehearsal;
import dev.efsautopilot.storage.AccessPoints;
import dev.efsautopilot.storage.Adoption;
import dev.efsautopilot.storage.FileSystems;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Creates access points on demand, and lists them; the same request always yields the same one. */
public final class AccessPointsFunction extends LambdaFunction {

    private final Ledger ledger;
    private final AccessPointList list;
    private final AccessPointPlan.Maker plans;
    private final AccessPoints accessPoints;
    private final TellAccessPoint tell;

    /** As Lambda makes it. */
    public AccessPointsFunction() {
        var settings = Settings.of(System.getenv());
        var clients = Clients.at(settings.endpoint());
        Rehearsal.beforeSnapshot(
                clients,
                () -> new AccessPointsFunction(settings, clients),
                "access-point-requested.json",
                "http-access-points.json");
        this(settings, clients);
    }

    /** The function on an AWS of the caller's choice. */
    public AccessPointsFunction(Settings settings, Clients clients) {
        this(
                settings,
                clients.efs(),
                clients.ledger(settings.ledgerTable()),
                clients.bus(settings.busName()));
    }

    AccessPointsFunction(Settings settings, Efs efs, Ledger ledger, Bus bus) {
        this.ledger = ledger;
        var fileSystems = new FileSystems(efs.fileSystems(), settings.defaultFileSystem());
        this.list = new AccessPointList(efs.accessPoints(), fileSystems, settings.stackName());
        this.plans =
                new AccessPointPlan.Maker(
                        fileSystems, new Adoption(efs.accessPoints()), settings.stackName());
        this.accessPoints =
                new AccessPoints(
                        efs.newAccessPoints(),
                        ledger,
                        settings.uidRange(),
                        settings.accessPointTags());
        this.tell = new TellAccessPoint(bus);
    }

    /** A call that is repeated under its Idempotency-Key is not carried out again. */
    @Override
    protected Optional<Ledger> answers() {
        return Optional.of(ledger);
    }

    @Override
    protected Outcome on(Trigger trigger) {
        return switch (trigger) {
            case Trigger.Requested(var type, var id, var detail) ->
                    type.equals("Access Point Requested")
                            ? requested(id, detail)
                            : new Outcome.Ignored(type, "is no request for an access point");
            case Trigger.Asked(var request, _) when AccessPointList.isAskedFor(request) ->
                    list.of(request);
            case Trigger.Asked(var request, var dryRun) ->
                    dryRun ? planned(request) : done(request, "call", Optional.empty());
            case Trigger.ApiCalled(var call) -> ignored(call.eventName());
            case Trigger.TaskChanged(var task, _) -> ignored(task.arn());
            case Trigger.InstanceChanged(_, var instance, _) -> ignored(instance);
            case Trigger.Scheduled() -> ignored("");
            case Trigger.Unrecognised(var why) -> new Outcome.Ignored("", why);
        };
    }

    private static Outcome ignored(String subject) {
        return new Outcome.Ignored(subject, "access points come on request");
    }

    private Outcome requested(String id, JsonNode detail) {
        return done(
                detail, "event/" + id, Optional.of(AccessPointRequest.correlationId(id, detail)));
    }

    private Outcome planned(JsonNode request) {
        return switch (plans.plan(request)) {
            case Result.Ok<AccessPointPlan>(var plan) ->
                    new Outcome.Planned(plan.subject(), List.of(plan.step()), plan.expected());
            case Result.Refused<AccessPointPlan>(var refusal) -> new Outcome.Refused("", refusal);
        };
    }

    private Outcome done(JsonNode request, String requestedBy, Optional<String> correlationId) {
        var outcome =
                plans.plan(request)
                        .then(plan ->
                                apply(plan.step(), requestedBy)
                                        .then(made -> ready(plan, made, correlationId)));
        return switch (outcome) {
            case Result.Ok<Outcome>(var done) -> done;
            case Result.Refused<Outcome>(var refusal) -> {
                tell.refused(refusal, correlationId);
                yield new Outcome.Refused(correlationId.orElse(""), refusal);
            }
        };
    }

    private Result<AccessPoint> apply(AccessPointStep step, String requestedBy) {
        return switch (step) {
            case AccessPointStep.CreateAccessPoint(var wish, _) ->
                    accessPoints.ensure(wish, requestedBy, Instant.now());
            case AccessPointStep.AdoptAccessPoint(var found, _) -> Result.ok(found);
        };
    }

    private Result<Outcome> ready(
            AccessPointPlan plan, AccessPoint made, Optional<String> correlationId) {
        tell.ready(plan, made, correlationId);
        return Result.ok(new Outcome.Done(plan.subject(), List.of(plan.step()), plan.result(made)));
    }
}
