package dev.efsautopilot.local.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;

/**
 * What Lambda itself writes into a function's log, in its JSON format.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html">Lambda
 *     Telemetry API Event schema reference</a>
 */
final class PlatformLog {

    private final FunctionLogs logs;
    private final Clock clock;

    PlatformLog(FunctionLogs logs, Clock clock) {
        this.logs = logs;
        this.clock = clock;
    }

    void initialised(FunctionSpec function, Duration took, String status) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("initializationType", "on-demand").put("phase", "init").put("status", status);
        record.putObject("metrics").put("durationMs", millis(took));
        write(function, "platform.initReport", record);
    }

    void invoked(FunctionSpec function, Invocation invocation, Duration took, String status) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("requestId", invocation.requestId()).put("status", status);
        record.putObject("metrics")
                .put("durationMs", millis(took))
                .put("memorySizeMB", function.memoryMb());
        write(function, "platform.report", record);
    }

    private void write(FunctionSpec function, String type, ObjectNode record) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("time", clock.instant().toString()).put("type", type).set("record", record);
        logs.write(function.name(), line.toString());
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 10_000.0) / 100.0;
    }
}
