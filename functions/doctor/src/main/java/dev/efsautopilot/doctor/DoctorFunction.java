package dev.efsautopilot.doctor;

import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.diagnosis.Examination;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.function.LambdaFunction;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.task.Task;
import java.util.HashMap;
import java.util.List;

/** Explains every reason why a task can't mount its file systems. It only reads. */
public final class DoctorFunction extends LambdaFunction {

    private final Ecs ecs;
    private final Examination examination;

    /** The function in Lambda. */
    public DoctorFunction() {
        this(Clients.at(Settings.of(System.getenv()).endpoint()));
    }

    DoctorFunction(Clients clients) {
        this.ecs = clients.ecs();
        this.examination = new Examination(ecs, clients.efs(), clients.ec2());
    }

    @Override
    protected Outcome on(Trigger trigger) {
        return switch (trigger) {
            case Trigger.Asked(var request, _) ->
                    asked(Json.text(request, "cluster"), Json.text(request, "task"));
            case Trigger.Unrecognised(var why) -> new Outcome.Ignored("", why);
            case Trigger.TaskChanged _,
                    Trigger.InstanceChanged _,
                    Trigger.ApiCalled _,
                    Trigger.Requested _,
                    Trigger.Scheduled _ ->
                    new Outcome.Ignored("", "the doctor answers whoever asks, and no event");
        };
    }

    private Outcome asked(String cluster, String id) {
        if (cluster.isBlank() || id.isBlank()) {
            return new Outcome.Refused(
                    id, Refusal.invalid("cluster, task", "both are needed", "name them"));
        }
        return ecs.task(cluster, id)
                .<Outcome>map(this::examined)
                .orElseGet(() ->
                        new Outcome.Refused(
                                id,
                                Refusal.notFound(
                                        "task",
                                        "no such task in " + cluster,
                                        "a stopped task is known for about an hour: name a newer"
                                                + " one")));
    }

    private Outcome examined(Task task) {
        var result = new HashMap<String, Object>(examination.of(task).toMap());
        result.put("task", task.arn());
        return new Outcome.Done(task.arn(), List.of(), result);
    }
}
