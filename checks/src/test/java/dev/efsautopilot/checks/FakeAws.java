package dev.efsautopilot.checks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/**
 * An account with nothing in it but what a test puts there, at the SDK's HTTP edge. It answers as
 * AWS does: names that can't be are malformed, names that may be are not found.
 */
final class FakeAws implements SdkHttpClient {

    private static final String EC2_ID = "(eni|subnet|sg|i|vpc|pl|sgr)-[0-9a-f]{8,17}";

    /** One call that reached AWS. */
    record Call(String action, String body) {

        /** Whether it changes something that is not our own: neither the bus nor the ledger. */
        boolean isWrite() {
            return !action.matches("(Describe|List|Get|Simulate).*|PutEvents|PutItem|DeleteItem");
        }
    }

    final List<Call> calls = new ArrayList<>();

    /** The ledger's items as they were written, by key. */
    final Map<String, JsonNode> ledger = new TreeMap<>();

    private final Map<String, UnaryOperator<String>> answers = new TreeMap<>();

    /** Answers an action, e.g. {@code DescribeTasks} or {@code DescribeFileSystems}. */
    FakeAws on(String action, UnaryOperator<String> answer) {
        answers.put(action, answer);
        return this;
    }

    List<Call> writes() {
        return calls.stream().filter(Call::isWrite).toList();
    }

    private record Answer(int status, String body) {

        static Answer ok(String body) {
            return new Answer(200, body);
        }

        static Answer error(String code) {
            return new Answer(400, "{\"__type\": \"%s\", \"message\": \"no\"}".formatted(code));
        }

        static Answer efsError(String code) {
            return new Answer(400, "{\"ErrorCode\": \"%s\", \"Message\": \"no\"}".formatted(code));
        }

        static Answer xmlError(String code) {
            return new Answer(
                    400,
                    "<Response><Errors><Error><Code>%s</Code><Message>no</Message></Error></Errors></Response>"
                            .formatted(code));
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return response(answer(request));
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public void close() {}

    private static HttpExecuteResponse response(Answer answer) {
        var full = SdkHttpFullResponse.builder().statusCode(answer.status());
        if (answer.status() >= 400 && answer.body().startsWith("{")) {
            full.putHeader(
                    "x-amzn-errortype",
                    answer.body().replaceFirst("^\\{\"\\w+\": \"(\\w+)\".*", "$1"));
        }
        return HttpExecuteResponse.builder()
                .response(full.build())
                .responseBody(
                        AbortableInputStream.create(
                                new ByteArrayInputStream(
                                        answer.body().getBytes(StandardCharsets.UTF_8))))
                .build();
    }

    private Answer answer(HttpExecuteRequest request) throws IOException {
        var http = request.httpRequest();
        var body = "";
        if (request.contentStreamProvider().isPresent()) {
            try (InputStream stream = request.contentStreamProvider().get().newStream()) {
                body = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        var target = http.firstMatchingHeader("X-Amz-Target").orElse("");
        var form = body.startsWith("Action=");
        var rest = target.isEmpty() && !form;
        var said =
                rest
                        ? Json.MAPPER.valueToTree(http.rawQueryParameters()).toString() + body
                        : form ? URLDecoder.decode(body, StandardCharsets.UTF_8) : body;
        var action =
                form
                        ? body.replaceFirst("(?s)^Action=(\\w+).*", "$1")
                        : rest
                                ? restAction(http.method().name(), http.encodedPath())
                                : target.substring(target.indexOf('.') + 1);
        calls.add(new Call(action, said));
        if (answers.containsKey(action)) {
            return Answer.ok(answers.get(action).apply(said));
        }
        return form ? ec2(said) : rest ? rest(action, said) : json(action, tree(said));
    }

    private static String restAction(String method, String path) {
        var what =
                path.contains("/schedules/")
                        ? "Schedule"
                        : path.endsWith("/security-groups")
                                ? "MountTargetSecurityGroups"
                                : path.endsWith("/policy")
                                        ? "FileSystemPolicy"
                                        : path.contains("access-points")
                                                ? "AccessPoints"
                                                : path.contains("mount-targets")
                                                        ? "MountTargets"
                                                        : "FileSystems";
        var verb =
                switch (method) {
                    case "GET" -> what.equals("Schedule") ? "Get" : "Describe";
                    case "POST" -> "Create";
                    case "DELETE" -> "Delete";
                    default -> "Put";
                };
        return verb + what;
    }

    private static Answer rest(String action, String said) {
        var id =
                said.replaceFirst(
                        "(?s).*\"\\w*(?:FileSystem|AccessPoint)Id\":\\[\"([^\"]*)\".*", "$1");
        return switch (action) {
            case "GetSchedule" -> Answer.error("ResourceNotFoundException");
            case "DescribeFileSystems" ->
                    id.equals(said)
                            ? Answer.ok("{\"FileSystems\": []}")
                            : efs(
                                    id,
                                    "(arn:aws[-a-z]*:elasticfilesystem:[0-9a-z-:]+:file-system/)?fs-[0-9a-f]{8,40}",
                                    "FileSystemNotFound");
            case "DescribeAccessPoints" ->
                    efs(
                            id,
                            "(arn:aws[-a-z]*:elasticfilesystem:[0-9a-z-:]+:access-point/)?fsap-[0-9a-f]{8,40}",
                            "AccessPointNotFound");
            case "DescribeMountTargets" ->
                    Answer.efsError(
                            said.contains("MountTargetId")
                                    ? "MountTargetNotFound"
                                    : "FileSystemNotFound");
            case "DescribeMountTargetSecurityGroups" -> Answer.efsError("MountTargetNotFound");
            case "DescribeFileSystemPolicy" -> Answer.efsError("PolicyNotFound");
            default -> Answer.ok("{}");
        };
    }

    private static Answer efs(String id, String possible, String notFound) {
        return Answer.efsError(id.matches(possible) ? notFound : "ValidationException");
    }

    private static Answer ec2(String said) {
        for (var part : said.split("&", -1)) {
            var value = part.substring(part.indexOf('=') + 1);
            if (part.matches(
                    "(?s)(NetworkInterfaceId|SubnetId|InstanceId|SecurityGroupRuleId|GroupId)\\.\\d+=.*")) {
                var kind = part.substring(0, part.indexOf('.')).replaceFirst("Id$", "");
                return Answer.xmlError(
                        "Invalid"
                                + kind
                                + (kind.equals("Subnet")
                                        ? "ID"
                                        : kind.equals("NetworkInterface") || kind.equals("Instance")
                                                ? "ID"
                                                : "Id")
                                + (value.matches(EC2_ID) ? ".NotFound" : ".Malformed"));
            }
        }
        return Answer.ok("<R/>");
    }

    private Answer json(String action, JsonNode body) {
        return switch (action) {
            case "GetItem" -> {
                var key = body.at("/Key/pk/S").asText();
                var item = ledger.get(key);
                yield key.isEmpty() || key.length() > 2048
                        ? Answer.error("ValidationException")
                        : Answer.ok(item == null ? "{}" : "{\"Item\": " + item + "}");
            }
            case "PutItem" -> {
                ledger.put(body.at("/Item/pk/S").asText(), body.path("Item"));
                yield body.toString().length() > 400_000
                        ? Answer.error("ValidationException")
                        : Answer.ok("{}");
            }
            case "PutEvents" ->
                    body.toString().length() > 256_000
                            ? Answer.error("PutEventsRequestEntryListTooLarge")
                            : Answer.ok("{\"FailedEntryCount\": 0}");
            case "DescribeTaskDefinition" -> Answer.error("ClientException");
            case "DescribeTasks", "DescribeServices", "DescribeContainerInstances", "ListTasks" ->
                    named(body);
            default -> Answer.ok("{}");
        };
    }

    /** ECS tells names that can't be from those that are not there. */
    private static Answer named(JsonNode body) {
        var cluster = body.path("cluster").asText("default");
        var things = new ArrayList<String>();
        for (var list : List.of("tasks", "services", "containerInstances")) {
            body.path(list).forEach(thing -> things.add(thing.asText()));
        }
        var here = "arn:aws:ecs:" + House.REGION + ":" + House.ACCOUNT + ":";
        var possible = "[A-Za-z0-9_-]{1,255}|" + here + "[a-z-]+/[A-Za-z0-9_/-]{1,600}";
        if (!cluster.matches(possible)
                || !things.stream().allMatch(thing -> thing.matches(possible))) {
            return Answer.error("InvalidParameterException");
        }
        return cluster.contains("prod")
                ? Answer.ok("{}")
                : Answer.error("ClusterNotFoundException");
    }

    private static JsonNode tree(String json) throws IOException {
        return Json.MAPPER.readTree(json.isEmpty() ? "{}" : json);
    }
}
