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
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.storage.AccessPointWish;
import dev.efsautopilot.storage.AccessPoints;
import dev.efsautopilot.storage.Admission;
import dev.efsautopilot.storage.FileSystems;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates access points on demand; the same request always yields the same one. */
public final class AccessPointsFunction extends LambdaFunction {

    private final String stack;
    private final FileSystems fileSystems;
    private final AccessPoints accessPoints;
    private final Bus bus;

    /** As Lambda makes it. */
    public AccessPointsFunction() {
        this(Settings.of(System.getenv()));
    }

    private AccessPointsFunction(Settings settings) {
        this(settings, Clients.at(settings.endpoint()));
    }

    private AccessPointsFunction(Settings settings, Clients clients) {
        this(
                settings,
                clients.efs(),
                clients.ledger(settings.ledgerTable()),
                clients.bus(settings.busName()));
    }

    AccessPointsFunction(Settings settings, Efs efs, Ledger ledger, Bus bus) {
        this.stack = settings.stackName();
        this.fileSystems = new FileSystems(efs, settings.defaultFileSystem());
        this.accessPoints = new AccessPoints(efs, ledger, settings.uidRange());
        this.bus = bus;
    }

    @Override
    protected Outcome on(Trigger trigger) {
        return switch (trigger) {
            case Trigger.Requested(var type, var id, var detail) ->
                    type.equals("Access Point Requested")
                            ? requested(id, detail)
                            : new Outcome.Ignored(type, "is no request for an access point");
            case Trigger.Asked(var request, var dryRun) ->
                    dryRun ? planned(request) : done(request, "call", Optional.empty());
            case Trigger.ApiCalled(var call) -> ignored(call.eventName());
            case Trigger.TaskChanged(var task) -> ignored(task.arn());
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
        return switch (plan(request)) {
            case Result.Ok<CreateAccessPoint>(var step) ->
                    new Outcome.Planned(
                            subject(step.wish()),
                            List.of(step),
                            Map.of(
                                    "fileSystemId", step.wish().fileSystemId(),
                                    "path", step.wish().path()));
            case Result.Refused<CreateAccessPoint>(var refusal) -> new Outcome.Refused("", refusal);
        };
    }

    private Outcome done(JsonNode request, String requestedBy, Optional<String> correlationId) {
        var plan = plan(request);
        var made = plan.then(step -> accessPoints.ensure(step.wish(), requestedBy, Instant.now()));
        return switch (plan.then(step -> made.then(found -> ready(step, found, correlationId)))) {
            case Result.Ok<Outcome>(var outcome) -> outcome;
            case Result.Refused<Outcome>(var refusal) -> refused(refusal, correlationId);
        };
    }

    /** The one step that a request comes to. */
    private Result<CreateAccessPoint> plan(JsonNode json) {
        return AccessPointRequest.parse(json)
                .then(request ->
                        fileSystems
                                .find("fileSystem", request.fileSystem())
                                .then(fileSystem ->
                                        request.path()
                                                .fill("path", request.family(), request.volume())
                                                .then(path ->
                                                        Admission.admit(fileSystem, "path", path))
                                                .then(path ->
                                                        Result.ok(
                                                                new AccessPointWish(
                                                                        fileSystem.id(),
                                                                        path,
                                                                        request.owner(),
                                                                        stack,
                                                                        request.family(),
                                                                        request.volume())))))
                .then(wish ->
                        Result.ok(
                                new CreateAccessPoint(wish, "it was asked for " + subject(wish))));
    }

    private static String subject(AccessPointWish wish) {
        return wish.family() + "/" + wish.volume();
    }

    private Result<Outcome> ready(
            CreateAccessPoint step, AccessPoint made, Optional<String> correlationId) {
        var result =
                Map.of(
                        "accessPointId", made.id(),
                        "accessPointArn", made.arn(),
                        "fileSystemId", made.root().fileSystemId(),
                        "path", made.root().path(),
                        "uid", made.root().uid(),
                        "gid", made.root().gid());
        var detail = new HashMap<String, Object>(result);
        detail.put("family", step.wish().family());
        detail.put("volume", step.wish().volume());
        correlationId.ifPresent(id -> detail.put("correlationId", id));
        bus.tell("Access Point Ready", List.of(made.arn()), detail);
        return Result.ok(new Outcome.Done(subject(step.wish()), List.of(step), result));
    }

    private Outcome refused(Refusal refusal, Optional<String> correlationId) {
        var detail =
                new HashMap<String, Object>(
                        Map.of(
                                "field", refusal.field(),
                                "problem", refusal.problem(),
                                "remedy", refusal.remedy()));
        correlationId.ifPresent(id -> detail.put("correlationId", id));
        bus.tell("Access Point Refused", List.of(), detail);
        return new Outcome.Refused(correlationId.orElse(""), refusal);
    }
}
