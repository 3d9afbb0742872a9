package dev.efsautopilot.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/**
 * Makes the SDK's clients, all alike: one HTTP client, bounded time for a call with its retries.
 *
 * @param http what they share
 * @param endpoint where AWS is; empty on AWS
 */
public record Clients(SdkHttpClient http, Optional<URI> endpoint) {

    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(20);

    /** Clients on an HTTP client of their own. */
    public static Clients at(Optional<URI> endpoint) {
        return new Clients(UrlConnectionHttpClient.create(), endpoint);
    }

    /** Amazon ECS. */
    public Ecs ecs() {
        return new Ecs(build(EcsClient.builder()));
    }

    /**
     * Amazon ECS for whoever makes many calls at once: the SDK's adaptive mode slows itself down
     * where ECS throttles.
     */
    public Ecs patientEcs() {
        return new Ecs(build(EcsClient.builder(), RetryMode.ADAPTIVE_V2));
    }

    /** Amazon EFS. */
    public Efs efs() {
        return new Efs(build(EfsClient.builder()));
    }

    /** Amazon EC2. */
    public Ec2 ec2() {
        return new Ec2(build(Ec2Client.builder()));
    }

    /** AWS IAM. */
    public Iam iam() {
        return new Iam(() -> build(IamClient.builder()));
    }

    /** Amazon CloudWatch's metrics of file systems. */
    public Metrics metrics() {
        return new Metrics(() -> build(CloudWatchClient.builder()));
    }

    /** The ledger table. */
    public Ledger ledger(String table) {
        return new Ledger(build(DynamoDbClient.builder()), table);
    }

    /** The event bus of our own events. */
    public Bus bus(String name) {
        return new Bus(build(EventBridgeClient.builder()), name);
    }

    /** One-off schedules that wake a function. */
    public Schedules schedules(
            String group, String roleArn, String targetArn, String deadLettersArn) {
        return new Schedules(
                build(SchedulerClient.builder()), group, roleArn, targetArn, deadLettersArn);
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(B builder) {
        return build(builder, RetryMode.STANDARD);
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
            B builder, RetryMode retries) {
        endpoint.ifPresent(builder::endpointOverride);
        return builder.httpClient(http)
                .overrideConfiguration(
                        ClientOverrideConfiguration.builder()
                                .apiCallAttemptTimeout(ATTEMPT)
                                .apiCallTimeout(CALL)
                                .retryStrategy(retries)
                                .addExecutionInterceptor(new RawJson())
                                .addExecutionInterceptor(new MalformedReads())
                                .addExecutionInterceptor(new FailedAction())
                                .build())
                .build();
    }
}
