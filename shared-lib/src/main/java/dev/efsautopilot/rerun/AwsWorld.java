package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Bus;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.EcsTasks;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.aws.Schedules;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.NfsPolicy;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.network.OpenNfs;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.plan.Step;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The world as it is: AWS.
 *
 * @param starter starts tasks, and slows down where ECS throttles that; reads have a rate of their
 *     own
 */
record AwsWorld(
        Ecs ecs,
        EcsTasks starter,
        Peers peers,
        Ledger ledger,
        Schedules schedules,
        Bus bus,
        NfsRepair nfs)
        implements World {

    static AwsWorld of(Clients clients, Settings settings) {
        var ecs = clients.ecs();
        var efs = clients.efs();
        var ec2 = clients.ec2();
        var ledger = clients.ledger(settings.ledgerTable());
        var reader = new NfsReader(ecs, efs, ec2, clients.s3Files(), settings.s3FileSystems());
        return new AwsWorld(
                ecs,
                clients.patientEcs().tasks(),
                new Peers(
                        query ->
                                ecs.clusters()
                                        .taskArns(
                                                query.cluster(),
                                                query.desiredStatus(),
                                                query.family()),
                        ecs.tasks()::described,
                        InstantSource.system()),
                ledger,
                clients.schedules(
                        settings.scheduleGroup(),
                        settings.scheduleRoleArn(),
                        settings.rerunFunctionArn(),
                        settings.deadLettersArn()),
                clients.bus(settings.busName()),
                new NfsRepair(
                        reader, new OpenNfs(reader, efs, ec2, NfsPolicy.of(settings)), ledger));
    }

    @Override
    public Optional<Task> task(String cluster, String task) {
        return ecs.tasks().find(cluster, task);
    }

    @Override
    public JsonNode taskDefinition(String reference) {
        return ecs.taskDefinitions().find(reference).orElseGet(Json.MAPPER::missingNode);
    }

    @Override
    public Collection<Peer> peers(Peers.Query query) {
        return peers.of(query);
    }

    @Override
    public Answer run(JsonNode request) {
        var answer = starter.run(request);
        return Json.list(answer, "tasks").stream()
                .flatMap(task -> Json.optionalText(task, "taskArn").stream())
                .findFirst()
                .<Answer>map(Answer.Started::new)
                .orElseGet(() ->
                        new Answer.Failed(Json.text(answer.path("failures").path(0), "reason")));
    }

    @Override
    public Optional<Ledger.Entry> read(String key) {
        return ledger.read(key);
    }

    @Override
    public boolean create(String key, JsonNode body, Instant expires) {
        return ledger.create(key, body, expires);
    }

    @Override
    public boolean replace(Ledger.Entry read, JsonNode body, Instant expires) {
        return ledger.replace(read, body, expires);
    }

    @Override
    public void once(String name, Instant at, JsonNode input) {
        schedules.once(name, at, input);
    }

    @Override
    public Result<List<? extends Step>> repair(Task task, JsonNode taskDefinition) {
        return nfs.repair(task, taskDefinition, Instant.now());
    }

    @Override
    public void tag(String arn, Map<String, String> tags) {
        ecs.tags().putIfThere(arn, tags);
    }

    @Override
    public void tell(String detailType, String task, Map<String, ?> detail) {
        bus.tell(detailType, List.of(task), detail);
    }
}
