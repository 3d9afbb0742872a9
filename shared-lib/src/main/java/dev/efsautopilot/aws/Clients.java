package dev.efsautopilot.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
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
 * Each is made when it is first called, and serves all who ask for its service.
 */
public final class Clients {

    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(20);

    /** More than fit into the time of a call, as the SDK waits longer each time. */
    private static final int PATIENT_ATTEMPTS = 10;

    private final Detour http;
    private final Optional<URI> endpoint;
    private final Map<String, Lazy<?>> made = new ConcurrentHashMap<>();

    /**
     * Clients on this HTTP client.
     *
     * @param http what they share
     * @param endpoint where AWS is; empty on AWS
     */
    public Clients(SdkHttpClient http, Optional<URI> endpoint) {
        this(() -> http, endpoint);
    }

    private Clients(Supplier<SdkHttpClient> http, Optional<URI> endpoint) {
        this.http = new Detour(http);
        this.endpoint = endpoint;
    }

    /**
     * Clients on an HTTP client of their own.
     *
     * @param endpoint where AWS is; empty on AWS
     */
    public static Clients at(Optional<URI> endpoint) {
        return new Clients(UrlConnectionHttpClient::create, endpoint);
    }

    /**
     * Does something whose AWS calls don't reach AWS: the clients make, sign and read them as ever,
     * and every one of them goes to this address.
     *
     * @param stage answers in the place of AWS
     */
    public void detour(URI stage, Runnable rehearsal) {
        http.detour(stage, rehearsal);
    }

    /** Amazon ECS. */
    public Ecs ecs() {
        return ecs("ecs", () -> AwsRetryStrategy.forRetryMode(RetryMode.STANDARD));
    }

    /**
     * Amazon ECS for whoever makes many calls at once: the SDK's adaptive mode slows itself down
     * where ECS throttles. It gives up when the time of a call is over: hundreds of calls in a row
     * must all succeed.
     */
    public Ecs patientEcs() {
        return ecs("patient ecs", () -> patient(RetryMode.ADAPTIVE_V2));
    }

    private Ecs ecs(String name, Supplier<RetryStrategy> retries) {
        return new Ecs(
                once(name, () -> build(EcsClient.builder(), retries.get())),
                once("single ecs", () -> build(EcsClient.builder(), whereNothingWasDone())));
    }

    private static RetryStrategy patient(RetryMode mode) {
        return AwsRetryStrategy.forRetryMode(mode).toBuilder()
                .maxAttempts(PATIENT_ATTEMPTS)
                .build();
    }

    /** A throttled call did nothing; of any other failure that is not certain. */
    private static RetryStrategy whereNothingWasDone() {
        return DefaultRetryStrategy.standardStrategyBuilder()
                .useClientDefaults(false)
                .retryOnException(Clients::isThrottling)
                .treatAsThrottling(Clients::isThrottling)
                .build();
    }

    private static boolean isThrottling(Throwable failure) {
        return failure instanceof SdkException error && RetryUtils.isThrottlingException(error);
    }

    /** Amazon EFS. */
    public Efs efs() {
        return new Efs(once("efs", () -> build(EfsClient.builder())));
    }

    /** Amazon S3 Files. */
    public S3Files s3Files() {
        return new S3Files(new S3FilesCalls(http, endpoint));
    }

    /** Amazon EC2. */
    public Ec2 ec2() {
        return new Ec2(once("ec2", () -> build(Ec2Client.builder())));
    }

    /** AWS IAM. */
    public Iam iam() {
        return new Iam(once("iam", () -> build(IamClient.builder())));
    }

    /** Amazon CloudWatch's metrics of file systems. */
    public Metrics metrics() {
        return new Metrics(once("metrics", () -> build(CloudWatchClient.builder())));
    }

    /** The ledger table, which everything that is decided rests on. */
    public Ledger ledger(String table) {
        return new Ledger(
                once(
                        "dynamodb",
                        () -> build(DynamoDbClient.builder(), patient(RetryMode.STANDARD))),
                table);
    }

    /** The event bus of our own events. */
    public Bus bus(String name) {
        return new Bus(once("events", () -> build(EventBridgeClient.builder())), name);
    }

    /** One-off schedules that wake a function. */
    public Schedules schedules(
            String group, String roleArn, String targetArn, String deadLettersArn) {
        return new Schedules(
                once("scheduler", () -> build(SchedulerClient.builder())),
                group,
                roleArn,
                targetArn,
                deadLettersArn);
    }

    /**
     * A function carries the SDK's modules that it asks for here, and no others.
     *
     * @param maker said to make an object: to link a lambda, the JVM loads the type that it
     *     returns, and an SDK client has hundreds of methods
     */
    @SuppressWarnings("unchecked") // A name has one maker.
    private <C> Supplier<C> once(String name, Supplier<Object> maker) {
        return (Supplier<C>) made.computeIfAbsent(name, _ -> new Lazy<>(maker));
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(B builder) {
        return build(builder, AwsRetryStrategy.forRetryMode(RetryMode.STANDARD));
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
            B builder, RetryStrategy retries) {
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
