package dev.efsautopilot.taskrerun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.event.Form;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.function.LambdaFunction;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.rehearsal.Rehearsal;
import dev.efsautopilot.rerun.Rerun;
import java.util.Optional;

/** Decides why a task stopped, repairs what can be repaired, runs it again the same way. */
public final class TaskRerunFunction extends LambdaFunction {

    /** What a one-off schedule says when an attempt is due. */
    private static final String DUE = "Rerun Due";

    private static final Form FORM = Form.texts("cluster", "task").truths("stop");

    private final Rerun rerun;
    private final Optional<Ledger> ledger;

    /** The function in Lambda. */
    public TaskRerunFunction() {
        var settings = Settings.of(System.getenv());
        var clients = Clients.at(settings.endpoint());
        Rehearsal.beforeSnapshot(
                clients,
                () -> new TaskRerunFunction(settings, clients),
                "task-stopped-spot.json",
                "task-stopped-mount-timeout.json",
                "task-stopped-exit-0.json",
                "http-rerun.json");
        this(settings, clients);
    }

    /** The function on an AWS of the caller's choice. */
    public TaskRerunFunction(Settings settings, Clients clients) {
        this(Rerun.on(clients, settings), Optional.of(clients.ledger(settings.ledgerTable())));
    }

    TaskRerunFunction(Rerun rerun, Optional<Ledger> ledger) {
        this.rerun = rerun;
        this.ledger = ledger;
    }

    /** A call that is repeated under its Idempotency-Key is not carried out again. */
    @Override
    protected Optional<Ledger> answers() {
        return ledger;
    }

    @Override
    protected Outcome on(Trigger trigger) {
        return switch (trigger) {
            case Trigger.TaskChanged(var task, var replayed) ->
                    replayed ? rerun.toldStopped(task) : rerun.stopped(task, false);
            case Trigger.Requested(var type, _, var detail) when type.equals(DUE) -> due(detail);
            case Trigger.Asked(var request, var dryRun) ->
                    Outcome.of(FORM.check(request).then(asked -> Result.ok(asked(asked, dryRun))));
            case Trigger.Requested(var type, _, _) -> notOurs(type);
            case Trigger.InstanceChanged event -> notOurs(event.containerInstanceArn());
            case Trigger.ApiCalled(var call) -> notOurs(call.eventName());
            case Trigger.Scheduled() -> notOurs("a schedule");
            case Trigger.Unrecognised(var why) -> new Outcome.Ignored("", why);
        };
    }

    private Outcome due(JsonNode detail) {
        var task = Json.text(detail, "task");
        var cluster = Json.text(detail, "cluster");
        return task.isBlank() || cluster.isBlank()
                ? new Outcome.Ignored("", "the schedule names no task")
                : rerun.due(cluster, task, detail.path("attempt").asInt());
    }

    private Outcome asked(JsonNode request, boolean dryRun) {
        var cluster = Json.text(request, "cluster");
        var task = Json.text(request, "task");
        if (cluster.isBlank() || task.isBlank()) {
            return new Outcome.Refused(
                    "", Refusal.invalid("cluster, task", "both are needed", "name them"));
        }
        return request.path("stop").asBoolean()
                ? rerun.stopRerunning(cluster, task, dryRun)
                : rerun.byHand(cluster, task, dryRun);
    }

    private static Outcome notOurs(String what) {
        return new Outcome.Ignored("", "not for this function: " + what);
    }
}
