package dev.efsautopilot.local.stack;

import dev.efsautopilot.local.lambda.FunctionLogs;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * An AWS on this machine with the project deployed to it. Nothing of it is reachable from other
 * machines, and nothing of it is left when it is closed but its logs and the build.
 */
public final class LocalAws implements AutoCloseable {

    /** The region of everything in it. */
    public static final String REGION = "eu-west-1";

    /** Its only account. */
    public static final String ACCOUNT = "000000000000";

    private final URI endpoint;
    private final FunctionLogs functionLogs;
    private final Path logs;
    private final Map<String, String> outputs;
    private final Teardown teardown;

    LocalAws(
            URI endpoint,
            FunctionLogs functionLogs,
            Path logs,
            Map<String, String> outputs,
            Teardown teardown) {
        this.endpoint = endpoint;
        this.functionLogs = functionLogs;
        this.logs = logs;
        this.outputs = outputs;
        this.teardown = teardown;
    }

    /**
     * Starts the emulator, builds the functions and deploys the project's template, unchanged.
     *
     * @throws StartFailure when that can't be, with all that its user needs to know; nothing that
     *     was started is left then
     */
    public static LocalAws start(LocalOptions options) {
        Teardown teardown = new Teardown();
        try {
            return new Start(options, teardown).run();
        } catch (RuntimeException e) {
            teardown.close();
            throw e;
        }
    }

    /** Where AWS clients send their calls. */
    public URI endpoint() {
        return endpoint;
    }

    /** What the functions write. */
    public FunctionLogs functionLogs() {
        return functionLogs;
    }

    /** The folder with the logs of everything that was started. */
    public Path logs() {
        return logs;
    }

    /** The deployed stack's outputs, by name. */
    public Map<String, String> outputs() {
        return outputs;
    }

    /** Stops everything that was started, and nothing else. */
    @Override
    public void close() {
        teardown.close();
    }
}
