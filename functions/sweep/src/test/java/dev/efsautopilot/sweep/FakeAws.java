package dev.efsautopilot.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/** Answers the SDK's calls as a test says, at the HTTP edge, and keeps the ledger's table. */
final class FakeAws implements SdkHttpClient {

    /** The calls so far, by their action, and what each had in it. */
    final List<String> calls = new ArrayList<>();

    final List<String> bodies = new ArrayList<>();
    final Map<String, JsonNode> ledger = new TreeMap<>();
    private final Map<String, Function<String, String>> answers = new TreeMap<>();

    FakeAws() {
        answers.put("GetItem", this::get);
        answers.put("PutItem", this::put);
        answers.put("PutEvents", _ -> "{\"FailedEntryCount\": 0}");
    }

    /** What an action answers to its body: JSON, or XML for EC2. */
    FakeAws on(String action, Function<String, String> answer) {
        answers.put(action, answer);
        return this;
    }

    Clients clients() {
        return new Clients(this, Optional.of(URI.create("http://aws.test")));
    }

    List<String> of(String action) {
        var found = new ArrayList<String>();
        for (var i = 0; i < calls.size(); i++) {
            if (calls.get(i).equals(action)) {
                found.add(bodies.get(i));
            }
        }
        return found;
    }

    private String get(String body) {
        var item = ledger.get(tree(body).at("/Key/pk/S").textValue());
        return item == null ? "{}" : "{\"Item\": " + item + "}";
    }

    private String put(String body) {
        var request = tree(body);
        var item = request.path("Item");
        var key = item.at("/pk/S").textValue();
        var there = ledger.get(key);
        var read = request.at("/ExpressionAttributeValues/:read/N");
        if (there != null && !read.equals(there.at("/version/N"))) {
            throw new ConditionFailed();
        }
        ledger.put(key, item);
        return "{}";
    }

    /** DynamoDB's answer to a write whose condition does not hold. */
    private static final class ConditionFailed extends RuntimeException {}

    static JsonNode tree(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return answer(request);
            }

            @Override
            public void abort() {}
        };
    }

    private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
        var body = "";
        if (request.contentStreamProvider().isPresent()) {
            try (InputStream stream = request.contentStreamProvider().get().newStream()) {
                body = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        var http = request.httpRequest();
        var action =
                http.firstMatchingHeader("X-Amz-Target")
                        .map(target -> target.substring(target.indexOf('.') + 1))
                        .orElseGet(() -> http.method() + " " + http.encodedPath());
        if (body.startsWith("Action=")) {
            action = body.replaceFirst("(?s)^Action=(\\w+).*", "$1");
        }
        calls.add(action);
        bodies.add(body.isEmpty() ? http.getUri().toString() : body);
        if (!answers.containsKey(action)) {
            throw new AssertionError("no such call: " + action);
        }
        try {
            return answer(200, answers.get(action).apply(bodies.getLast()));
        } catch (ConditionFailed _) {
            return answer(400, "{\"__type\": \"ConditionalCheckFailedException\"}");
        }
    }

    private static HttpExecuteResponse answer(int status, String answer) {
        return HttpExecuteResponse.builder()
                .response(SdkHttpFullResponse.builder().statusCode(status).build())
                .responseBody(
                        AbortableInputStream.create(
                                new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8))))
                .build();
    }

    @Override
    public void close() {}
}
