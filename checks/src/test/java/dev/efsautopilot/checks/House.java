package dev.efsautopilot.checks;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.efsautopilot.accesspoints.AccessPointsFunction;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.doctor.DoctorFunction;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.nfsingress.NfsIngressFunction;
import dev.efsautopilot.rehearsal.Invocation;
import dev.efsautopilot.sweep.SweepFunction;
import dev.efsautopilot.taskrerun.TaskRerunFunction;
import dev.efsautopilot.volumes.VolumesFunction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** All six functions in this process, on an AWS that a test gives. */
final class House {

    static final String ACCOUNT = "123456789012";
    static final String REGION = "eu-west-1";

    private static final Map<String, BiFunction<Settings, Clients, RequestStreamHandler>> MADE =
            Map.of(
                    "access-points", AccessPointsFunction::new,
                    "volumes", VolumesFunction::new,
                    "nfs-ingress", NfsIngressFunction::new,
                    "task-rerun", TaskRerunFunction::new,
                    "doctor", (settings, clients) -> new DoctorFunction(clients, settings),
                    "sweep", SweepFunction::new);

    private final Map<String, RequestStreamHandler> functions = new TreeMap<>();

    /**
     * What a function did with a payload.
     *
     * @param answer what its caller got; "" where it threw
     * @param log what it wrote
     * @param thrown what it threw
     */
    record Told(String answer, String log, Optional<Exception> thrown) {}

    House(FakeAws aws) {
        var settings =
                Settings.of(
                        Map.of(
                                "AWS_REGION", REGION,
                                "LEDGER_TABLE", "ledger",
                                "STACK_NAME", "ecs-efs-autopilot",
                                "DEFAULT_RERUN", "off",
                                "MANAGE_TASK_ROLES", "true",
                                "CREATE_MOUNT_TARGETS", "true",
                                "SCHEDULE_GROUP", "ecs-efs-autopilot"));
        var clients = new Clients(aws, Optional.of(URI.create("http://aws.test")));
        MADE.forEach((name, made) -> functions.put(name, made.apply(settings, clients)));
    }

    static Iterable<String> names() {
        return new TreeMap<>(MADE).keySet();
    }

    /** Hands a payload to a function as Lambda does. */
    Told give(String function, byte[] payload) {
        var answer = new ByteArrayOutputStream();
        var log = new ByteArrayOutputStream();
        var out = System.out;
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        Optional<Exception> thrown = Optional.empty();
        try {
            Objects.requireNonNull(functions.get(function))
                    .handleRequest(new ByteArrayInputStream(payload), answer, invocation(function));
        } catch (IOException | RuntimeException e) {
            thrown = Optional.of(e);
        } finally {
            System.setOut(out);
        }
        return new Told(
                answer.toString(StandardCharsets.UTF_8),
                log.toString(StandardCharsets.UTF_8),
                thrown);
    }

    private static Invocation invocation(String folder) {
        var name = "ecs-efs-autopilot-" + folder;
        return new Invocation(
                name, "arn:aws:lambda:%s:%s:function:%s:live".formatted(REGION, ACCOUNT, name));
    }

    Told give(String function, String payload) {
        return give(function, payload.getBytes(StandardCharsets.UTF_8));
    }
}
