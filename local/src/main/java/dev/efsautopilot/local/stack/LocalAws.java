package dev.efsautopilot.local.stack;

import dev.efsautopilot.local.gateway.Gateway;
import dev.efsautopilot.local.lambda.FunctionLogs;
import dev.efsautopilot.local.user.SdkClients;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

/**
 * An AWS on this machine, to which the project can be deployed. Nothing of it is reachable from
 * other machines, and nothing of it is left when it is closed but its logs and the build.
 */
public final class LocalAws implements AutoCloseable {

    /** The region of everything in it. */
    public static final String REGION = "eu-west-1";

    /** Its only account. */
    public static final String ACCOUNT = "000000000000";

    private final Teardown teardown;
    private final Workspace workspace;
    private final FunctionLogs functionLogs;
    private final Gateway gateway;
    private final Deployment deployment;
    private Map<String, String> outputs = Map.of();

    LocalAws(
            Teardown teardown,
            Workspace workspace,
            FunctionLogs functionLogs,
            Gateway gateway,
            Deployment deployment) {
        this.teardown = teardown;
        this.workspace = workspace;
        this.functionLogs = functionLogs;
        this.gateway = gateway;
        this.deployment = deployment;
    }

    /**
     * Starts the emulator and the gateway in front of it; nothing is deployed yet.
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

    /**
     * Builds the functions and deploys the project's template, unchanged, as a user would.
     *
     * @throws StartFailure when the build or a resource fails, with the reason
     */
    public void deploy() {
        outputs = deployment.run(endpoint());
    }

    /** Where AWS clients send their calls. */
    public URI endpoint() {
        return gateway.endpoint();
    }

    /** A client of somebody with an account there; who asks for it closes it. */
    public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder) {
        return new SdkClients(endpoint(), REGION).make(builder);
    }

    /** What passes between the clients and the emulator, and the tasks' lives. */
    public Gateway gateway() {
        return gateway;
    }

    /** What the functions write. */
    public FunctionLogs functionLogs() {
        return functionLogs;
    }

    /** The folder with the logs of everything that was started. */
    public Path logs() {
        return workspace.logs();
    }

    /** The deployed stack's outputs, by name; none before it is deployed. */
    public Map<String, String> outputs() {
        return outputs;
    }

    /**
     * The deployed API's stage, without a slash at its end. The emulator serves it below its own
     * endpoint, by the id that AWS has in the host name.
     */
    public URI api() {
        var host = URI.create(outputs.getOrDefault("ApiUrl", "")).getHost();
        return endpoint()
                .resolve("/_aws/execute-api/" + host.substring(0, host.indexOf('.')) + "/v1");
    }

    /** Stops everything that was started, and nothing else. */
    @Override
    public void close() {
        teardown.close();
    }
}
