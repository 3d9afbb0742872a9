package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.lambda.FunctionLogs;
import dev.efsautopilot.local.lambda.FunctionSpec;
import dev.efsautopilot.local.lambda.JavaRuntime;
import dev.efsautopilot.local.lambda.Probe;
import dev.efsautopilot.local.lambda.RuntimeClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What functions do before SnapStart takes its snapshot, in the runtime that asks them to. */
@ExtendWith(Site.Given.class)
class RehearsalIT {

    /** Nobody listens there: a call to AWS would fail the rehearsal. */
    private static final String NOWHERE = "http://127.0.0.1:1";

    @TempDir private Path folder;

    /** The site has built the functions. */
    RehearsalIT(Site site) {
        assertThat(site.aws().outputs()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "access-points, accesspoints.AccessPointsFunction",
        "volumes, volumes.VolumesFunction",
        "nfs-ingress, nfsingress.NfsIngressFunction",
        "task-rerun, taskrerun.TaskRerunFunction",
        "doctor, doctor.DoctorFunction",
        "sweep, sweep.SweepFunction"
    })
    void a_function_plays_its_events_without_AWS_and_tells_nobody(String name, String handler)
            throws Exception {
        var log = folder.resolve("log").toFile();
        try (var probe =
                Probe.start(
                        "arn:" + name,
                        api -> {
                            var process = runtime(name).process(spec(name, handler), api);
                            process.environment()
                                    .put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
                            return process.redirectOutput(log);
                        })) {
            probe.ready();

            assertThat(probe.snapshot()).isLessThan(probe.ready());
            assertThat(Files.readString(log.toPath())).isEmpty();
        }
    }

    private JavaRuntime runtime(String name) {
        var home =
                new JavaRuntime.Home(
                        Site.ROOT.resolve("functions/" + name + "/target/function"),
                        "ASIALOCALREHEARSALXX");
        return new JavaRuntime(
                RuntimeClient.unpack(Site.ROOT.resolve("local/target/runtime"), folder),
                "eu-west-1",
                Map.of(name, home),
                new FunctionLogs(folder));
    }

    private static FunctionSpec spec(String name, String handler) {
        return new FunctionSpec(
                name,
                "1",
                "arn:" + name,
                "arn:role",
                "dev.efsautopilot." + handler,
                Duration.ofSeconds(20),
                1024,
                Map.of("ENDPOINT_URL", NOWHERE, "LEDGER_TABLE", "ledger"));
    }
}
