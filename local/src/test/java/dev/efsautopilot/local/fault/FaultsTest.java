package dev.efsautopilot.local.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.efsautopilot.local.call.FakeMiniStack;
import dev.efsautopilot.local.call.Principal;
import dev.efsautopilot.local.gateway.Gateway;
import dev.efsautopilot.local.gateway.GatewayOptions;
import dev.efsautopilot.local.gateway.RecordedCall;
import dev.efsautopilot.local.tasks.LifecycleTimes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

class FaultsTest {

    private static final String FUNCTION = "ASIALOCALVOLUMESXXXX";

    private static final PutEventsRequestEntry ENTRY =
            PutEventsRequestEntry.builder().source("a").detail("{}").build();

    private final FakeMiniStack ministack = new FakeMiniStack();
    private final List<String> killed = new CopyOnWriteArrayList<>();
    private final Gateway gateway =
            Gateway.start(
                    new GatewayOptions(
                            ministack.endpoint(),
                            "eu-west-1",
                            "000000000000",
                            "local.aws",
                            LifecycleTimes.tests(),
                            Map.of(
                                    FUNCTION,
                                    new Principal("arn:aws:iam::000000000000:role/r", "s-volumes")),
                            killed::add));
    private final EcsClient ecs = client(EcsClient.builder(), FUNCTION);

    @AfterEach
    void close() {
        gateway.close();
        ministack.close();
    }

    /** One call of each service that the functions use. */
    enum Call {
        ECS {
            @Override
            void make(FaultsTest test) {
                test.ecs.runTask(r -> r.taskDefinition("a"));
            }
        },
        EFS {
            @Override
            void make(FaultsTest test) {
                test.client(EfsClient.builder(), FUNCTION)
                        .createAccessPoint(r -> r.clientToken("a").fileSystemId("fs-1"));
            }
        },
        EC2 {
            @Override
            void make(FaultsTest test) {
                test.client(Ec2Client.builder(), FUNCTION)
                        .authorizeSecurityGroupIngress(r -> r.groupId("sg-1"));
            }
        },
        DYNAMODB {
            @Override
            void make(FaultsTest test) {
                test.client(DynamoDbClient.builder(), FUNCTION)
                        .getItem(
                                r -> r.tableName("t").key(Map.of("pk", AttributeValue.fromS("a"))));
            }
        },
        SCHEDULER {
            @Override
            void make(FaultsTest test) {
                test.client(SchedulerClient.builder(), FUNCTION)
                        .deleteSchedule(r -> r.name("a").groupName("g"));
            }
        },
        EVENTS {
            @Override
            void make(FaultsTest test) {
                test.client(EventBridgeClient.builder(), FUNCTION).putEvents(r -> r.entries(ENTRY));
            }
        };

        abstract void make(FaultsTest test);
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void each_service_throttles_so_that_the_sdk_knows_it(Call call) {
        try (var faults = gateway.faults(Faults.seeded(1).throttling(1))) {
            var error = catchThrowableOfType(AwsServiceException.class, () -> call.make(this));

            assertThat(error.isThrottlingException()).as(error.toString()).isTrue();
            assertThat(faults.count()).isEqualTo(1);
        }
        assertThat(gateway.calls().all())
                .extracting(RecordedCall::fault)
                .containsExactly("throttling");
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void each_service_denies_with_a_code_of_its_own(Call call) {
        try (var _ = gateway.faults(Faults.seeded(1).share(FaultKind.DENIED, 1))) {
            var error = catchThrowableOfType(AwsServiceException.class, () -> call.make(this));

            assertThat(error.awsErrorDetails().errorCode())
                    .isIn("AccessDenied", "AccessDeniedException", "UnauthorizedOperation");
            assertThat(error.getMessage()).contains("s-volumes is not authorized to perform");
        }
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void each_service_fails_with_a_server_error_that_is_retried(Call call) {
        try (var _ = gateway.faults(Faults.seeded(1).share(FaultKind.UNAVAILABLE, 1))) {
            var error = catchThrowableOfType(AwsServiceException.class, () -> call.make(this));

            assertThat(error.statusCode()).isEqualTo(503);
        }
    }

    static Stream<Call> counted() {
        return Stream.of(Call.ECS, Call.EFS, Call.EC2);
    }

    @ParameterizedTest
    @MethodSource("counted")
    void what_is_counted_has_a_quota(Call call) {
        try (var _ = gateway.faults(Faults.seeded(1).share(FaultKind.QUOTA, 1))) {
            var error = catchThrowableOfType(AwsServiceException.class, () -> call.make(this));

            assertThat(error.awsErrorDetails().errorCode()).contains("LimitExceeded");
        }
    }

    @Test
    void eventbridge_may_take_the_call_and_not_the_event() {
        try (var _ = gateway.faults(Faults.seeded(1).share(FaultKind.INTERNAL_ERROR, 1))) {
            var answer =
                    client(EventBridgeClient.builder(), FUNCTION).putEvents(r -> r.entries(ENTRY));

            assertThat(answer.failedEntryCount()).isEqualTo(1);
        }
    }

    @Test
    void a_lost_answer_is_one_of_a_call_that_was_made() {
        try (var _ = gateway.faults(Faults.seeded(1).always("ecs:TagResource", FaultKind.RESET))) {
            assertThatThrownBy(this::tag).isInstanceOf(SdkClientException.class);
            assertThat(ministack.asked("TagResource")).isEmpty();
        }
        try (var _ =
                gateway.faults(Faults.seeded(1).always("ecs:TagResource", FaultKind.LOST_ANSWER))) {
            assertThatThrownBy(this::tag).isInstanceOf(SdkClientException.class);
            assertThat(ministack.asked("TagResource")).isNotEmpty();
        }
    }

    @Test
    void a_process_is_killed_before_or_after_the_call() {
        var faults =
                Faults.seeded(1)
                        .always("ecs:TagResource", FaultKind.KILLED_AFTER)
                        .always("ecs:UntagResource", FaultKind.KILLED_BEFORE);
        try (var _ = gateway.faults(faults)) {
            assertThatThrownBy(this::tag).isInstanceOf(SdkClientException.class);
            assertThatThrownBy(() -> ecs.untagResource(r -> r.resourceArn("a").tagKeys("k")))
                    .isInstanceOf(SdkClientException.class);
        }
        assertThat(killed).contains("token");
        assertThat(ministack.asked("TagResource")).isNotEmpty();
        assertThat(ministack.asked("UntagResource")).isEmpty();
    }

    @Test
    void a_stale_read_shows_what_was_there_before() {
        var clusters = new CopyOnWriteArrayList<String>();
        ministack.on("ListClusters", _ -> "{\"clusterArns\":[" + String.join(",", clusters) + "]}");
        var second = Faults.seeded(1).at("ecs:ListClusters", 2, FaultKind.STALE_READ);
        try (var _ = gateway.faults(second)) {
            assertThat(ecs.listClusters().clusterArns()).isEmpty();
            clusters.add("\"c\"");
            assertThat(ecs.listClusters().clusterArns()).isEmpty();
            assertThat(ecs.listClusters().clusterArns()).containsExactly("c");
        }
    }

    @Test
    void a_slow_answer_is_the_right_one() {
        var slow = Faults.seeded(1).share(FaultKind.SLOW, 1).slowFor(Duration.ofMillis(50));
        try (var _ = gateway.faults(slow)) {
            var began = System.nanoTime();
            ecs.listClusters();
            assertThat(Duration.ofNanos(System.nanoTime() - began).toMillis())
                    .isGreaterThanOrEqualTo(50);
        }
        assertThat(gateway.calls().of("ecs", "ListClusters"))
                .extracting(RecordedCall::fault)
                .containsExactly("slow");
    }

    @Test
    void a_user_and_other_functions_and_spared_calls_meet_none() {
        var user = client(EcsClient.builder(), "test");
        try (var faults = gateway.faults(Faults.seeded(1).throttling(1))) {
            assertThatCode(user::listClusters).doesNotThrowAnyException();
            assertThat(faults.count()).isZero();
        }
        try (var _ = gateway.faults(Faults.seeded(1).throttling(1).of("doctor"))) {
            assertThatCode(ecs::listClusters).doesNotThrowAnyException();
        }
        try (var _ = gateway.faults(Faults.seeded(1).throttling(1).except("ecs:List*"))) {
            assertThatCode(ecs::listClusters).doesNotThrowAnyException();
            assertThatThrownBy(this::tag).isInstanceOf(AwsServiceException.class);
        }
        assertThatCode(this::tag).doesNotThrowAnyException();
    }

    @Test
    void a_seed_decides_which_calls_meet_a_fault() {
        var some = fates(7);

        assertThat(some).isEqualTo(fates(7)).isNotEqualTo(fates(8));
        assertThat(some.stream().filter(fault -> !fault.isEmpty()).count()).isBetween(5L, 35L);
    }

    private List<String> fates(long seed) {
        var before = gateway.calls().all().size();
        try (var _ = gateway.faults(Faults.seeded(seed).throttling(0.2))) {
            IntStream.range(0, 100)
                    .forEach(_ -> {
                        try {
                            ecs.listClusters();
                        } catch (AwsServiceException expected) {
                            assertThat(expected.isThrottlingException()).isTrue();
                        }
                    });
        }
        return gateway.calls().all().stream().skip(before).map(RecordedCall::fault).toList();
    }

    private void tag() {
        ecs.tagResource(r -> r.resourceArn("a").tags(List.of()));
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            B builder, String key) {
        return builder.endpointOverride(gateway.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsSessionCredentials.create(key, "s", "token")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }
}
