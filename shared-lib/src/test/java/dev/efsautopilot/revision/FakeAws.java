package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/** As much of ECS, EFS, DynamoDB and EventBridge as volumes need, at the SDK's HTTP edge. */
final class FakeAws implements SdkHttpClient {

    final TreeMap<Integer, ObjectNode> revisions = new TreeMap<>();
    final Map<String, ObjectNode> accessPoints = new TreeMap<>();
    final Map<String, JsonNode> ledger = new TreeMap<>();
    final List<ObjectNode> services = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final List<JsonNode> told = new ArrayList<>();
    String fileSystemState = "available";
    String allow = "/";
    final ArrayDeque<String> registerErrors = new ArrayDeque<>();
    boolean losesRegistrations;

    final List<String> rolePolicies = new ArrayList<>();
    String fileSystemPolicy = "";
    String simulated = "implicitDeny";
    String roleTag = "";
    String iamError = "";

    record Answer(int status, JsonNode body) {}

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                var type = request.httpRequest().firstMatchingHeader("Content-Type").orElse("");
                return type.startsWith("application/x-www-form-urlencoded")
                        ? iam(request)
                        : response(answer(request));
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public void close() {}

    List<String> changes() {
        return calls.stream()
                .filter(call -> !call.matches("(Describe|List|GET ).*|GetItem"))
                .toList();
    }

    private static HttpExecuteResponse response(Answer answer) {
        var bytes = answer.body.toString().getBytes(StandardCharsets.UTF_8);
        var full = SdkHttpFullResponse.builder().statusCode(answer.status);
        if (answer.status >= 400) {
            full.putHeader("x-amzn-errortype", Json.text(answer.body, "__type"));
        }
        return HttpExecuteResponse.builder()
                .response(full.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
                .build();
    }

    private synchronized HttpExecuteResponse iam(HttpExecuteRequest request) throws IOException {
        var form =
                new String(
                        request.contentStreamProvider().orElseThrow().newStream().readAllBytes(),
                        StandardCharsets.UTF_8);
        var action = form.replaceFirst("^Action=(\\w+)&.*", "$1");
        calls.add(action);
        var result =
                switch (action) {
                    case "SimulatePrincipalPolicy" -> simulated(form);
                    case "ListRoleTags" ->
                            "<Tags><member><Key>efs-autopilot/managed-role</Key><Value>"
                                    + roleTag
                                    + "</Value></member></Tags>";
                    case "PutRolePolicy" -> {
                        rolePolicies.add(URLDecoder.decode(form, StandardCharsets.UTF_8));
                        yield "";
                    }
                    default -> throw new AssertionError("no such call: " + action);
                };
        var body =
                iamError.equals(action)
                        ? "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>"
                        : "<R><%1$sResult>%2$s</%1$sResult></R>".formatted(action, result);
        return HttpExecuteResponse.builder()
                .response(
                        SdkHttpFullResponse.builder()
                                .statusCode(iamError.equals(action) ? 403 : 200)
                                .build())
                .responseBody(
                        AbortableInputStream.create(
                                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
    }

    private String simulated(String form) {
        var actions = new StringBuilder();
        for (var action : List.of("ClientMount", "ClientWrite")) {
            if (form.contains(action)) {
                actions.append(
                        "<member><EvalActionName>elasticfilesystem:%s</EvalActionName><EvalDecision>%s</EvalDecision></member>"
                                .formatted(action, simulated));
            }
        }
        return "<EvaluationResults>" + actions + "</EvaluationResults>";
    }

    private synchronized Answer answer(HttpExecuteRequest request) throws IOException {
        var http = request.httpRequest();
        var body =
                request.contentStreamProvider()
                        .map(stream -> tree(stream.newStream()))
                        .orElseGet(Json.MAPPER::createObjectNode);
        var target = http.firstMatchingHeader("X-Amz-Target").orElse("");
        if (target.isEmpty()) {
            var name = http.encodedPath().replaceFirst(".*/", "");
            calls.add(http.method() + " " + name);
            return efs(http.method().name(), name, http.rawQueryParameters(), body);
        }
        var action = target.substring(target.indexOf('.') + 1);
        calls.add(action);
        var answer = json(action, body);
        if (losesRegistrations && action.equals("RegisterTaskDefinition")) {
            throw new IOException("the answer is lost");
        }
        return answer;
    }

    private Answer efs(String method, String name, Map<String, List<String>> query, JsonNode body) {
        if (name.equals("file-systems")) {
            var answer = Json.MAPPER.createObjectNode();
            var found = answer.putArray("FileSystems").addObject();
            found.put("FileSystemId", "fs-00000001").put("LifeCycleState", fileSystemState);
            found.put("FileSystemArn", "arn:fs");
            var tags = found.putArray("Tags");
            if (!allow.isEmpty()) {
                tags.addObject().put("Key", "efs-autopilot/allow").put("Value", allow);
            }
            tags.addObject().put("Key", "Name").put("Value", "orders");
            return new Answer(200, answer);
        }
        if (name.equals("policy")) {
            return fileSystemPolicy.isEmpty()
                    ? error(404, "PolicyNotFound")
                    : new Answer(
                            200, Json.MAPPER.createObjectNode().put("Policy", fileSystemPolicy));
        }
        if (method.equals("GET")) {
            var id = query.getOrDefault("AccessPointId", List.of("")).getFirst();
            if (!accessPoints.containsKey(id)) {
                return error(404, "AccessPointNotFound");
            }
            var answer = Json.MAPPER.createObjectNode();
            answer.putArray("AccessPoints").add(accessPoints.get(id));
            return new Answer(200, answer);
        }
        return createAccessPoint((ObjectNode) body);
    }

    private Answer createAccessPoint(ObjectNode body) {
        var token = Json.text(body, "ClientToken");
        for (var there : accessPoints.values()) {
            if (Json.text(there, "ClientToken").equals(token)) {
                var error = error(409, "AccessPointAlreadyExists");
                ((ObjectNode) error.body).put("AccessPointId", Json.text(there, "AccessPointId"));
                return error;
            }
        }
        var id = "fsap-%08x".formatted(accessPoints.size() + 1);
        body.put("AccessPointId", id).put("AccessPointArn", "arn:" + id);
        body.put("LifeCycleState", "available");
        accessPoints.put(id, body);
        return new Answer(200, body);
    }

    private Answer json(String action, JsonNode body) {
        var empty = Json.MAPPER.createObjectNode();
        return switch (action) {
            case "DescribeTaskDefinition" -> describe(Json.text(body, "taskDefinition"));
            case "RegisterTaskDefinition" ->
                    registerErrors.isEmpty()
                            ? register((ObjectNode) body.deepCopy())
                            : error(400, registerErrors.pop());
            case "ListTaskDefinitions" -> {
                var arns = empty.putArray("taskDefinitionArns");
                revisions.descendingMap().values().stream()
                        .filter(found -> Json.text(found, "status").equals("ACTIVE"))
                        .forEach(found -> arns.add(Json.text(found, "taskDefinitionArn")));
                yield new Answer(200, empty);
            }
            case "DeregisterTaskDefinition" -> {
                revision(Json.text(body, "taskDefinition")).put("status", "INACTIVE");
                yield new Answer(200, empty);
            }
            case "TagResource" -> {
                tag(revision(Json.text(body, "resourceArn")), body);
                yield new Answer(200, empty);
            }
            case "UpdateService" -> {
                services.getFirst().set("taskDefinition", body.path("taskDefinition"));
                yield new Answer(200, empty);
            }
            case "PutItem" -> put(body);
            case "GetItem" -> {
                var item = ledger.get(body.at("/Key/pk/S").textValue());
                yield new Answer(200, item == null ? empty : empty.set("Item", item));
            }
            case "PutEvents" -> {
                told.addAll(Json.list(body, "Entries"));
                yield new Answer(200, empty.put("FailedEntryCount", 0));
            }
            default -> throw new AssertionError("no such call: " + action);
        };
    }

    private Answer put(JsonNode body) {
        var key = body.at("/Item/pk/S").textValue();
        var there = ledger.get(key);
        var read = body.at("/ExpressionAttributeValues/:read/N");
        var fits =
                read.isMissingNode()
                        ? there == null
                        : there != null && there.at("/version/N").equals(read);
        if (!fits) {
            return error(400, "ConditionalCheckFailedException");
        }
        ledger.put(key, body.path("Item"));
        return new Answer(200, Json.MAPPER.createObjectNode());
    }

    Answer register(ObjectNode request) {
        var number = revisions.isEmpty() ? 1 : revisions.lastKey() + 1;
        request.put("revision", number).put("status", "ACTIVE");
        request.put("taskDefinitionArn", "arn:aws:ecs:r:1:task-definition/orders:" + number);
        for (var volume : request.path("volumes")) {
            if (volume.path("efsVolumeConfiguration") instanceof ObjectNode efs) {
                efs.put("rootDirectory", "/");
            }
        }
        revisions.put(number, request);
        return describe("orders:" + number);
    }

    private Answer describe(String reference) {
        var found = revisions.get(number(reference));
        if (found == null) {
            return error(400, "ClientException");
        }
        var definition = found.deepCopy();
        var answer = Json.MAPPER.createObjectNode();
        answer.set("tags", definition.remove("tags"));
        answer.set("taskDefinition", definition);
        return new Answer(200, answer);
    }

    private ObjectNode revision(String arn) {
        var found = revisions.get(number(arn));
        if (found == null) {
            throw new AssertionError("no such revision: " + arn);
        }
        return found;
    }

    private static void tag(ObjectNode revision, JsonNode body) {
        var all = new TreeMap<String, JsonNode>();
        Json.list(revision, "tags").forEach(tag -> all.put(Json.text(tag, "key"), tag));
        Json.list(body, "tags").forEach(tag -> all.put(Json.text(tag, "key"), tag));
        revision.putArray("tags").addAll(all.values());
    }

    private static int number(String reference) {
        return Integer.parseInt(reference.substring(reference.lastIndexOf(':') + 1));
    }

    private static Answer error(int status, String code) {
        return new Answer(
                status,
                Json.MAPPER
                        .createObjectNode()
                        .put("__type", code)
                        .put("message", "Too many volumes."));
    }

    private static JsonNode tree(java.io.InputStream stream) {
        try (stream) {
            var bytes = stream.readAllBytes();
            return bytes.length == 0 ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
