package dev.efsautopilot.accesspoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Edge;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.storage.FileSystems;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.AccessPointDescription;
import software.amazon.awssdk.services.efs.model.BadRequestException;
import software.amazon.awssdk.services.efs.model.DescribeAccessPointsRequest;
import software.amazon.awssdk.services.efs.model.DescribeAccessPointsResponse;
import software.amazon.awssdk.services.efs.model.DescribeFileSystemsRequest;
import software.amazon.awssdk.services.efs.model.DescribeFileSystemsResponse;
import software.amazon.awssdk.services.efs.model.FileSystemDescription;
import software.amazon.awssdk.services.efs.model.LifeCycleState;
import software.amazon.awssdk.services.efs.model.Tag;

class AccessPointListTest {

    private final EfsClient client = mock(EfsClient.class, CALLS_REAL_METHODS);
    private final AccessPointList list =
            new AccessPointList(
                    Edge.efs(client).accessPoints(),
                    new FileSystems(Edge.efs(client).fileSystems(), Optional.empty()),
                    "ecs-efs-autopilot");

    @Test
    void each_page_names_the_next_one_and_says_which_are_ours() {
        fileSystem("efs-autopilot/allow");
        doAnswer(call -> page(call.getArgument(0)))
                .when(client)
                .describeAccessPoints(any(DescribeAccessPointsRequest.class));

        var first = result("{\"fileSystem\":\"fs-00000001\",\"limit\":1}");
        var second = result("{\"fileSystem\":\"fs-00000001\",\"limit\":\"1\",\"nextToken\":\"2\"}");

        assertThat(first.path("nextToken").textValue()).isEqualTo("2");
        assertThat(first.at("/accessPoints/0/managed").asBoolean()).isTrue();
        assertThat(first.at("/accessPoints/0/family").textValue()).isEqualTo("orders");
        assertThat(second.has("nextToken")).isFalse();
        assertThat(second.at("/accessPoints/0/accessPointId").textValue())
                .isEqualTo("fsap-00000002");
        assertThat(second.at("/accessPoints/0/managed").asBoolean()).isFalse();
    }

    @Test
    void an_owner_who_did_not_opt_in_is_not_listed() {
        fileSystem("Name");

        assertThat(refused("{\"fileSystem\":\"fs-00000001\"}").kind())
                .isEqualTo(Refusal.Kind.FORBIDDEN);
        verify(client, never()).describeAccessPoints(any(DescribeAccessPointsRequest.class));
    }

    @Test
    void a_token_that_efs_does_not_know_is_refused() {
        fileSystem("efs-autopilot/allow");
        doAnswer(
                        _ -> {
                            throw BadRequestException.builder().message("no").build();
                        })
                .when(client)
                .describeAccessPoints(any(DescribeAccessPointsRequest.class));

        assertThat(refused("{\"fileSystem\":\"fs-00000001\",\"nextToken\":\"x\"}").field())
                .isEqualTo("nextToken");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"fileSystem\":\"fs-00000001\"}                            | true",
                "{\"fileSystem\":\"fs-00000001\",\"colour\":1}               | true",
                "{\"fileSystem\":\"fs-00000001\",\"volume\":\"data\"}        | false",
                "{\"fileSystem\":\"fs-00000001\",\"path\":\"/a\"}            | false",
                "{}                                                          | false"
            })
    void what_names_a_file_system_and_nothing_to_make_asks_for_the_list(
            String request, boolean asked) {
        assertThat(AccessPointList.isAskedFor(json(request))).isEqualTo(asked);
    }

    private static DescribeAccessPointsResponse page(DescribeAccessPointsRequest request) {
        assertThat(request.maxResults()).isEqualTo(1);
        var first = request.nextToken() == null;
        var tags =
                first
                        ? new Tag[] {
                            tag("efs-autopilot/managed", "ecs-efs-autopilot"),
                            tag("efs-autopilot/family", "orders")
                        }
                        : new Tag[] {tag("efs-autopilot/managed", "another")};
        return DescribeAccessPointsResponse.builder()
                .nextToken(first ? "2" : null)
                .accessPoints(
                        AccessPointDescription.builder()
                                .accessPointId(first ? "fsap-00000001" : "fsap-00000002")
                                .accessPointArn("arn")
                                .fileSystemId("fs-00000001")
                                .lifeCycleState(LifeCycleState.AVAILABLE)
                                .rootDirectory(r -> r.path("/a"))
                                .tags(tags)
                                .build())
                .build();
    }

    private void fileSystem(String tag) {
        doReturn(
                        DescribeFileSystemsResponse.builder()
                                .fileSystems(
                                        FileSystemDescription.builder()
                                                .fileSystemId("fs-00000001")
                                                .fileSystemArn("arn")
                                                .lifeCycleState(LifeCycleState.AVAILABLE)
                                                .tags(tag(tag, "/"))
                                                .build())
                                .build())
                .when(client)
                .describeFileSystems(any(DescribeFileSystemsRequest.class));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private JsonNode result(String request) {
        return switch (list.of(json(request))) {
            case Outcome.Done(_, _, var result) -> Json.MAPPER.valueToTree(result);
            case Outcome other -> throw new AssertionError(Objects.toString(other));
        };
    }

    private Refusal refused(String request) {
        return switch (list.of(json(request))) {
            case Outcome.Refused(_, var refusal) -> refusal;
            case Outcome other -> throw new AssertionError(Objects.toString(other));
        };
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
