package dev.efsautopilot.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.diagnosis.Diagnosis;
import dev.efsautopilot.diagnosis.DiagnosisPicture;
import dev.efsautopilot.diagnosis.DiagnosisText;
import dev.efsautopilot.diagnosis.Examination;
import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Says why a task can't mount its file systems, from what AWS says with the caller's credentials.
 * It exits with 0 where nothing is broken, 1 where something is, 2 where it could not look.
 */
@Command(
        name = "doctor",
        description = {
            "Say why a task, the next task of a service, or a task before it is run can't mount its EFS"
                    + " file systems.",
            "It reads with the credentials and the region of the environment, or from AWS_ENDPOINT_URL,"
                    + " and changes nothing."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:nothing is broken",
            " 1:something is broken",
            " 2:wrong arguments, or AWS could not be asked"
        })
final class DoctorCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @ArgGroup(multiplicity = "1")
    private Subject subject = new Subject();

    @Option(
            names = "--cluster",
            paramLabel = "CLUSTER",
            description = "Its cluster; from the ARN, or 'default', when left out.")
    private @Nullable String cluster;

    @Option(names = "--json", description = "The findings as JSON.")
    private boolean json;

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            description = "Draw the path to the file system into this file.")
    private @Nullable Path svg;

    /** Whom it is about. */
    static final class Subject {
        @Parameters(paramLabel = "TASK", description = "A task's id or ARN.")
        private @Nullable String task;

        @Option(names = "--service", paramLabel = "SERVICE", description = "A service's name.")
        private @Nullable String service;

        @ArgGroup(exclusive = false)
        private @Nullable Planned planned;

        private String name() {
            if (planned != null) {
                return "task definition " + planned.taskDefinition;
            }
            return task == null ? "service " + service : "task " + task;
        }
    }

    /** A task before it is run. */
    static final class Planned {
        @Option(
                names = "--task-definition",
                required = true,
                paramLabel = "FAMILY[:REVISION]",
                description = "A task before it is run.")
        private String taskDefinition = "";

        @Option(
                names = "--subnets",
                required = true,
                split = ",",
                paramLabel = "SUBNET",
                description = "Where it may run.")
        private List<String> subnets = List.of();

        @Option(
                names = "--security-groups",
                split = ",",
                paramLabel = "GROUP",
                description = "With which groups; that of the VPC when left out.")
        private List<String> securityGroups = List.of();

        private ObjectNode awsvpc() {
            var network = Json.MAPPER.createObjectNode();
            subnets.forEach(network.putArray("subnets")::add);
            securityGroups.forEach(network.putArray("securityGroups")::add);
            return network;
        }
    }

    @Override
    public Integer call() throws IOException {
        checkPicture();
        try {
            Account.check();
            return told(asked());
        } catch (SdkException e) {
            return notLooked("AWS could not be asked: " + Account.words(e));
        } catch (NoSuchElementException e) {
            return notLooked(String.valueOf(e.getMessage()));
        }
    }

    private void checkPicture() {
        var folder = svg == null ? null : svg.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new ParameterException(
                    spec.commandLine(), "--svg: there is no folder " + folder + ": make it first");
        }
    }

    private int notLooked(String why) {
        spec.commandLine().getErr().println("autopilot: " + why);
        return 2;
    }

    private int told(Diagnosis diagnosis) throws IOException {
        if (svg != null) {
            Files.writeString(svg, DiagnosisPicture.of(subject.name(), diagnosis));
        }
        var out = spec.commandLine().getOut();
        out.println(
                json
                        ? Json.MAPPER.<JsonNode>valueToTree(diagnosis.toMap()).toPrettyString()
                        : DiagnosisText.of(diagnosis, Ansi.AUTO.enabled()));
        out.flush();
        return diagnosis.cause().isPresent() ? 1 : 0;
    }

    private Diagnosis asked() {
        var clients = Clients.at(Optional.empty());
        var ecs = clients.ecs();
        var examination = new Examination(clients);
        if (subject.planned != null) {
            var planned = subject.planned;
            return examination
                    .ofDefinition(planned.taskDefinition, planned.awsvpc())
                    .orElseThrow(() ->
                            new NoSuchElementException(
                                    "there is no task definition " + planned.taskDefinition));
        }
        return subject.task == null ? service(ecs, examination) : task(ecs, examination);
    }

    private Diagnosis task(Ecs ecs, Examination examination) {
        var id = String.valueOf(subject.task);
        return ecs.tasks()
                .find(cluster(id), id)
                .map(examination::of)
                .orElseThrow(() ->
                        missing(
                                "task " + id,
                                cluster(id),
                                "a stopped one is known for about an hour"));
    }

    private Diagnosis service(Ecs ecs, Examination examination) {
        var name = String.valueOf(subject.service);
        return ecs.workloads()
                .described(cluster(name), name)
                .map(examination::ofService)
                .orElseThrow(() ->
                        missing("service " + name, cluster(name), "is it in another cluster?"));
    }

    private static NoSuchElementException missing(String what, String cluster, String hint) {
        return new NoSuchElementException(
                "there is no %s in cluster %s: %s".formatted(what, cluster, hint));
    }

    /** {@code arn:aws:ecs:region:account:task/cluster/id} names the cluster. */
    private String cluster(String reference) {
        if (cluster != null) {
            return cluster;
        }
        var parts = reference.split("/", -1);
        return parts.length == 3 ? parts[1] : "default";
    }
}
