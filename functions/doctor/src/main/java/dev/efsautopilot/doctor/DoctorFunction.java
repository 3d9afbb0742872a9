package dev.efsautopilot.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.clustermap.ClusterPicture;
import dev.efsautopilot.clustermap.ClusterReader;
import dev.efsautopilot.diagnosis.Diagnosis;
import dev.efsautopilot.diagnosis.DiagnosisPicture;
import dev.efsautopilot.diagnosis.Examination;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.event.Form;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.event.Triggers;
import dev.efsautopilot.function.LambdaFunction;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.rehearsal.Rehearsal;
import dev.efsautopilot.report.Answer;
import java.util.HashMap;
import java.util.List;

/**
 * Explains every reason why a task can't mount its file systems, or the next task of a service or
 * of a task definition. It only reads.
 */
public final class DoctorFunction extends LambdaFunction {

    private static final String SVG = "image/svg+xml";

    private final Ecs ecs;
    private final Examination examination;
    private final ClusterReader clusters;

    /** The function in Lambda. */
    public DoctorFunction() {
        var settings = Settings.of(System.getenv());
        var clients = Clients.at(settings.endpoint());
        Rehearsal.beforeSnapshot(
                clients,
                () -> new DoctorFunction(clients, settings),
                "http-diagnosis.json",
                "http-diagnosis-service.json",
                "http-diagnosis-plan.json");
        this(clients, settings);
    }

    /** The function on an AWS of the caller's choice. */
    public DoctorFunction(Clients clients, Settings settings) {
        this.ecs = clients.ecs();
        this.examination = new Examination(clients, new Known<>(settings.s3FileSystems()));
        this.clusters = new ClusterReader(ecs, clients.efs(), clients.ec2(), settings.stackName());
    }

    @Override
    protected Outcome on(Trigger trigger) {
        return switch (trigger) {
            case Trigger.Asked(var request, _) ->
                    Outcome.of(form(request).check(request).then(it -> Result.ok(asked(it))));
            case Trigger.Unrecognised(var why) -> new Outcome.Ignored("", why);
            case Trigger.TaskChanged _,
                    Trigger.InstanceChanged _,
                    Trigger.ApiCalled _,
                    Trigger.Requested _,
                    Trigger.Scheduled _ ->
                    new Outcome.Ignored("", "the doctor answers whoever asks, and no event");
        };
    }

    /** A picture for whoever prefers one; refusals stay JSON. */
    @Override
    protected Object answer(Outcome outcome, JsonNode event) {
        return outcome instanceof Outcome.Done(var subject, _, var result)
                        && Triggers.prefers(event, SVG)
                ? Answer.document(SVG, picture(subject, Json.MAPPER.valueToTree(result)))
                : super.answer(outcome, event);
    }

    private static String picture(String subject, JsonNode result) {
        return result.has("fileSystems")
                ? ClusterPicture.of(result)
                : DiagnosisPicture.of(subject, Diagnosis.parse(result));
    }

    private static Form form(JsonNode request) {
        return request.has("taskDefinition")
                ? Form.texts("taskDefinition").lists("subnets", "securityGroups")
                : Form.texts("cluster", "task", "service");
    }

    private Outcome asked(JsonNode request) {
        var cluster = Json.text(request, "cluster");
        var task = Json.text(request, "task");
        var service = Json.text(request, "service");
        var definition = Json.text(request, "taskDefinition");
        if (!definition.isBlank()) {
            return definition(definition, request);
        }
        if (cluster.isBlank() || (!task.isBlank() && !service.isBlank())) {
            return new Outcome.Refused(
                    "",
                    Refusal.invalid(
                            "cluster, task, service, taskDefinition",
                            "it takes cluster and task, cluster and service, cluster alone for all"
                                    + " of its storage, or taskDefinition",
                            "name one of the four"));
        }
        if (task.isBlank() && service.isBlank()) {
            return storage(cluster);
        }
        return service.isBlank() ? task(cluster, task) : service(cluster, service);
    }

    private Outcome storage(String cluster) {
        return clusters.of(cluster)
                .<Outcome>map(found -> new Outcome.Done(cluster, List.of(), found.toMap()))
                .orElseGet(() ->
                        new Outcome.Refused(
                                cluster,
                                Refusal.notFound(
                                        "cluster", "no cluster has this name", "name another")));
    }

    private Outcome task(String cluster, String id) {
        return ecs.tasks()
                .find(cluster, id)
                .map(task -> told("task", task.arn(), examination.of(task)))
                .orElseGet(() ->
                        notFound(
                                "task",
                                cluster,
                                id,
                                "a stopped task is known for about an hour: name a newer one"));
    }

    private Outcome service(String cluster, String name) {
        return ecs.workloads()
                .described(cluster, name)
                .map(service ->
                        told(
                                "service",
                                Json.text(service, "serviceArn"),
                                examination.ofService(service)))
                .orElseGet(() -> notFound("service", cluster, name, "name another"));
    }

    private Outcome definition(String definition, JsonNode request) {
        return Json.texts(request, "subnets").isEmpty()
                ? new Outcome.Refused(
                        definition,
                        Refusal.invalid(
                                "subnets",
                                "where its tasks are to run decides whether they can mount",
                                "name subnets, and the securityGroups"))
                : examination
                        .ofDefinition(definition, request)
                        .map(diagnosis -> told("taskDefinition", definition, diagnosis))
                        .orElseGet(() ->
                                new Outcome.Refused(
                                        definition,
                                        Refusal.notFound(
                                                "taskDefinition",
                                                "no task definition has this name",
                                                "name a family, family:revision or an ARN")));
    }

    private static Outcome notFound(String what, String cluster, String id, String remedy) {
        return new Outcome.Refused(
                id, Refusal.notFound(what, "no such " + what + " in " + cluster, remedy));
    }

    private static Outcome told(String what, String subject, Diagnosis diagnosis) {
        var result = new HashMap<String, Object>(diagnosis.toMap());
        result.put(what, subject);
        return new Outcome.Done(subject, List.of(), result);
    }
}
