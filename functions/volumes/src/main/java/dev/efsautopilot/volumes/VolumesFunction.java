package dev.efsautopilot.volumes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Bus;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.Iam;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.aws.Workload;
import dev.efsautopilot.event.ApiCall;
import dev.efsautopilot.event.Form;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.function.LambdaFunction;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.rehearsal.Rehearsal;
import dev.efsautopilot.revision.ProvideVolumes;
import dev.efsautopilot.revision.Revision;
import dev.efsautopilot.role.TaskRoles;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Registers the revision that has the volumes which a task definition's tags ask for. */
public final class VolumesFunction extends LambdaFunction {

    private static final Form FORM = Form.texts("taskDefinition");

    private final Ecs ecs;
    private final Ledger ledger;
    private final ProvideVolumes provide;
    private final String ownRole;

    /** As Lambda makes it. */
    public VolumesFunction() {
        var settings = Settings.of(System.getenv());
        var clients = Clients.at(settings.endpoint());
        Rehearsal.beforeSnapshot(
                clients,
                () -> new VolumesFunction(settings, clients),
                "register-task-definition.json",
                "tag-resource.json",
                "http-volumes.json");
        this(settings, clients);
    }

    /** The function on an AWS of the caller's choice. */
    public VolumesFunction(Settings settings, Clients clients) {
        this(
                settings,
                clients.ecs(),
                clients.efs(),
                clients.ledger(settings.ledgerTable()),
                clients.bus(settings.busName()),
                clients.iam());
    }

    VolumesFunction(Settings settings, Ecs ecs, Efs efs, Ledger ledger, Bus bus, Iam iam) {
        this.ecs = ecs;
        this.ledger = ledger;
        var roles = new TaskRoles(efs, iam, settings.manageTaskRoles(), settings.stackName());
        this.provide = new ProvideVolumes(ecs, efs, ledger, bus, settings, Optional.of(roles));
        this.ownRole = settings.stackName() + "-VolumesFunctionRole";
    }

    /** A call that is repeated under its Idempotency-Key is not carried out again. */
    @Override
    protected Optional<Ledger> answers() {
        return Optional.of(ledger);
    }

    @Override
    protected Outcome on(Trigger trigger) {
        return switch (trigger) {
            case Trigger.ApiCalled(var call) -> called(call);
            case Trigger.Asked(var request, var dryRun) ->
                    Outcome.of(FORM.check(request).then(asked -> Result.ok(asked(asked, dryRun))));
            case Trigger.TaskChanged(var task, _) ->
                    new Outcome.Ignored(task.arn(), "tasks don't ask for volumes");
            case Trigger.InstanceChanged(_, var instance, _) ->
                    new Outcome.Ignored(instance, "instances don't ask for volumes");
            case Trigger.Requested(var detailType, _, _) ->
                    new Outcome.Ignored(detailType, "volumes are asked for by tags");
            case Trigger.Scheduled() -> new Outcome.Ignored("", "volumes come by events");
            case Trigger.Unrecognised(var why) -> new Outcome.Ignored("", why);
        };
    }

    private Outcome called(ApiCall call) {
        return switch (Aim.of(call, ownRole)) {
            case Aim.Definition(var reference, var deployed) ->
                    provide.of(
                            reference,
                            deployed ? this::workloads : _ -> List.of(),
                            false,
                            Instant.now());
            case Aim.Deployed(var cluster, var service) ->
                    ecs.workloads()
                            .find(cluster, service)
                            .map(this::deployed)
                            .orElseGet(() -> new Outcome.Ignored(service, "the service is gone"));
            case Aim.Nothing(var why) -> new Outcome.Ignored(call.eventName(), why);
        };
    }

    private Outcome deployed(Workload workload) {
        return workload.taskDefinition().isBlank()
                ? new Outcome.Ignored(workload.arn(), "an external controller deploys the service")
                : provide.of(
                        workload.taskDefinition(), _ -> List.of(workload), false, Instant.now());
    }

    private Outcome asked(JsonNode request, boolean dryRun) {
        var reference = Json.text(request, "taskDefinition");
        if (!reference.matches("(arn:[^/]+:task-definition/)?[A-Za-z0-9_-]{1,255}:[1-9]\\d*")) {
            return new Outcome.Refused(
                    reference,
                    Refusal.invalid(
                            "taskDefinition",
                            "'" + reference + "' names no revision",
                            "write family:revision, as orders:7, or its ARN"));
        }
        return provide.of(reference, this::workloads, dryRun, Instant.now());
    }

    /** A service of another mind than its definition wakes us itself. */
    private List<Workload> workloads(Revision source) {
        return "on".equals(source.tags().get(Revision.DEPLOY)) ? ecs.workloads().all() : List.of();
    }
}
