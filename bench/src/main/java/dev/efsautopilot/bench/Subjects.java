package dev.efsautopilot.bench;

import dev.efsautopilot.bench.Subject.Flavour;
import dev.efsautopilot.local.lambda.FunctionLogs;
import dev.efsautopilot.local.lambda.FunctionSpec;
import dev.efsautopilot.local.lambda.JavaRuntime;
import dev.efsautopilot.local.lambda.RuntimeClient;
import dev.efsautopilot.local.stack.LocalAws;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** All that is measured, ready to be started. */
final class Subjects {

    /** The functions' folders and handlers. */
    static final Map<String, String> HANDLERS =
            Map.of(
                    "access-points", "accesspoints.AccessPointsFunction",
                    "volumes", "volumes.VolumesFunction",
                    "nfs-ingress", "nfsingress.NfsIngressFunction",
                    "task-rerun", "taskrerun.TaskRerunFunction",
                    "doctor", "doctor.DoctorFunction",
                    "sweep", "sweep.SweepFunction");

    private static final int MEMORY_MB = 1024;

    private final Path root;
    private final URI endpoint;
    private final RuntimeClient client;
    private final FunctionLogs logs;
    private final String jvm;

    Subjects(Path root, URI endpoint, Path scratch, String jvm) {
        this.jvm = jvm;
        this.root = root;
        this.endpoint = endpoint;
        this.client = RuntimeClient.unpack(root.resolve("local/target/runtime"), scratch);
        this.logs = new FunctionLogs(scratch);
    }

    Subject bare() {
        var classes = root.resolve("bench/target/classes");
        return new Subject(
                "bare",
                Flavour.BARE,
                size(classes.resolve("dev/efsautopilot/bench/BareFunction.class")),
                api -> java("bare", classes, BareFunction.class.getName(), api),
                () -> "{}");
    }

    /** A function in each of its flavours, and its peer. */
    List<Subject> of(String function, Supplier<String> events) {
        var artifact = root.resolve("functions/" + function + "/target/function");
        var handler = "dev.efsautopilot." + HANDLERS.get(function);
        var subjects = new ArrayList<Subject>();
        var zip = size(artifact);
        subjects.add(
                new Subject(
                        function,
                        Flavour.ON_DEMAND,
                        zip,
                        api -> java(function, artifact, handler, api),
                        events));
        subjects.add(
                new Subject(
                        function,
                        Flavour.SNAP_START,
                        zip,
                        api -> snapStart(java(function, artifact, handler, api)),
                        events));
        var own = root.resolve("bench/target/aot/" + function);
        if (Files.isDirectory(own)) {
            subjects.add(
                    new Subject(
                            function,
                            Flavour.AOT,
                            size(own),
                            api -> java(function, own, handler, api),
                            events));
        }
        var peer = function.replace('-', '_');
        subjects.add(
                new Subject(
                        function,
                        Flavour.PYTHON,
                        size(root.resolve("bench/python/" + peer + ".py")),
                        api -> python(java(function, artifact, handler, api), peer),
                        events));
        return subjects;
    }

    /** A function with a snapshot that gets what it remembers. */
    Subject again(String function, Supplier<String> events) {
        var artifact = root.resolve("functions/" + function + "/target/function");
        var handler = "dev.efsautopilot." + HANDLERS.get(function);
        return new Subject(
                function,
                Flavour.AGAIN,
                size(artifact),
                api -> snapStart(java(function, artifact, handler, api)),
                events);
    }

    /** As the managed runtime starts it. */
    private ProcessBuilder java(String function, Path artifact, String handler, String api) {
        var runtime =
                new JavaRuntime(
                        client,
                        LocalAws.REGION,
                        Map.of(function, new JavaRuntime.Home(artifact, "ASIALOCALBENCHXXXXXX")),
                        logs);
        var spec =
                new FunctionSpec(
                        function,
                        "1",
                        "arn:bench:" + function,
                        "arn:bench:role",
                        handler,
                        Duration.ofSeconds(60),
                        MEMORY_MB,
                        Map.of(
                                "ENDPOINT_URL",
                                endpoint.toString(),
                                "LEDGER_TABLE",
                                Ledger.TABLE,
                                "STACK_NAME",
                                "bench"));
        var process = runtime.process(spec, api);
        if (!jvm.isEmpty()) {
            process.environment().put("JAVA_TOOL_OPTIONS", jvm);
        }
        return logged(process, function);
    }

    /**
     * With SnapStart, the managed runtime of Java 25 leaves the compilers at the JVM's default.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">Customize
     *     Java runtime startup behavior</a>
     */
    private static ProcessBuilder snapStart(ProcessBuilder process) {
        process.environment().put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        return process.command(
                process.command().stream()
                        .filter(option -> !option.equals("-XX:TieredStopAtLevel=1"))
                        .toList());
    }

    private ProcessBuilder python(ProcessBuilder process, String module) {
        var venv = root.resolve(".autopilot/bench-venv/bin/python").toString();
        process.environment().put("AWS_ENDPOINT_URL", endpoint.toString());
        process.environment().put("PYTHONDONTWRITEBYTECODE", "");
        return process.command(venv, "-m", "awslambdaric", module + ".handler")
                .directory(root.resolve("bench/python").toFile());
    }

    private ProcessBuilder logged(ProcessBuilder process, String function) {
        var log = logs.folder().resolve(function + ".log").toFile();
        return process.redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    }

    /** Bytes of a zip of it. */
    private static long size(Path artifact) {
        var counted = new Counted();
        try (var zip = new ZipOutputStream(counted);
                var files = Files.walk(artifact.toRealPath())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(file.toString()));
                Files.copy(file, zip);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return counted.bytes;
    }

    private static final class Counted extends OutputStream {
        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] some, int from, int length) {
            bytes += length;
        }
    }
}
