package dev.efsautopilot.local.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** MiniStack behind the gateway: passes requests on, and asks it what the gateway must know. */
public final class Upstream implements AutoCloseable {
    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "http2-settings",
                    "keep-alive",
                    "te",
                    "transfer-encoding",
                    "upgrade");

    private final URI base;
    private final String region;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    public Upstream(URI base, String region) {
        this.base = URI.create(base.toString().replaceAll("/+$", ""));
        this.region = region;
    }

    /**
     * Passes a request on, unchanged but for the headers that belong to a connection.
     *
     * @throws UncheckedIOException where MiniStack does not answer
     */
    public Response send(Request request) {
        var query = request.query().isEmpty() ? "" : "?" + request.query();
        var outgoing =
                HttpRequest.newBuilder(URI.create(base + request.path() + query))
                        .timeout(Duration.ofMinutes(15))
                        .method(
                                request.method(),
                                HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers()
                .forEach((name, values) -> {
                    if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                        values.forEach(value -> outgoing.header(name, value));
                    }
                });
        try {
            var answer = client.send(outgoing.build(), BodyHandlers.ofByteArray());
            var headers = new LinkedHashMap<String, List<String>>();
            answer.headers()
                    .map()
                    .forEach((name, values) -> {
                        var lower = name.toLowerCase(Locale.ROOT);
                        // The length in the answer to a HEAD is a fact about the object.
                        var fact =
                                lower.equals("content-length") && request.method().equals("HEAD");
                        if (fact || !HOP_BY_HOP.contains(lower)) {
                            headers.put(name, values);
                        }
                    });
            return new Response(answer.statusCode(), headers, answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("MiniStack does not answer at " + base, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while MiniStack answered", e);
        }
    }

    /** An ECS call of the gateway's own; its answer may be an error. */
    public Response ecs(String operation, ObjectNode parameters) {
        return send(
                post(
                        "ecs",
                        Map.of(
                                "Content-Type",
                                List.of("application/x-amz-json-1.1"),
                                "X-Amz-Target",
                                List.of("AmazonEC2ContainerServiceV20141113." + operation)),
                        parameters.toString()));
    }

    /**
     * An EFS read, for example of {@code mount-targets?FileSystemId=fs-1}; its answer may be an
     * error.
     */
    public JsonNode efs(String pathAndQuery) {
        return rest("elasticfilesystem", "GET", "/2015-02-01/" + pathAndQuery, Json.object());
    }

    /** A call of a REST service; a GET has no body. Its answer may be an error. */
    public JsonNode rest(String service, String method, String pathAndQuery, JsonNode body) {
        var parts = pathAndQuery.split("\\?", 2);
        var text = method.equals("GET") ? "" : body.toString();
        var headers = authorization(service);
        headers.put("Content-Type", List.of("application/json"));
        var request =
                new Request(
                        method,
                        parts[0],
                        parts.length > 1 ? parts[1] : "",
                        headers,
                        text.getBytes(StandardCharsets.UTF_8));
        return send(request).document();
    }

    /** An EC2 read; its answer in the shape of {@link Xml#toJson}, and may be an error. */
    public JsonNode ec2(String operation, Map<String, String> parameters) {
        return query("ec2", "2016-11-15", operation, parameters);
    }

    /** The same of CloudFormation. */
    public JsonNode cloudFormation(String operation, Map<String, String> parameters) {
        return query("cloudformation", "2010-05-15", operation, parameters);
    }

    private JsonNode query(
            String service, String version, String operation, Map<String, String> parameters) {
        var form = new LinkedHashMap<String, String>();
        form.put("Action", operation);
        form.put("Version", version);
        form.putAll(parameters);
        var type = Map.of("Content-Type", List.of("application/x-www-form-urlencoded"));
        return send(post(service, type, Form.write(form))).document();
    }

    /** An IAM read; its answer in IAM's XML, and may be an error. */
    public Response iam(String operation, Map<String, String> parameters) {
        var form = new LinkedHashMap<String, String>();
        form.put("Action", operation);
        form.put("Version", "2010-05-08");
        form.putAll(parameters);
        var type = Map.of("Content-Type", List.of("application/x-www-form-urlencoded"));
        return send(post("iam", type, Form.write(form)));
    }

    /**
     * Puts an event on the default bus.
     *
     * @throws IllegalStateException where the bus does not take it
     */
    public void putEvent(
            String source, String detailType, List<String> resources, JsonNode detail) {
        var entry =
                Json.object()
                        .put("Source", source)
                        .put("DetailType", detailType)
                        .put("Detail", detail.toString());
        entry.set("Resources", Json.array(resources));
        var body = Json.object();
        body.putArray("Entries").add(entry);
        var headers =
                Map.of(
                        "Content-Type",
                        List.of("application/x-amz-json-1.1"),
                        "X-Amz-Target",
                        List.of("AWSEvents.PutEvents"));
        var answer = send(post("events", headers, body.toString()));
        if (!answer.ok() || answer.document().path("FailedEntryCount").asInt() > 0) {
            throw new IllegalStateException("PutEvents: " + answer.text());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private Request post(String service, Map<String, List<String>> more, String body) {
        var headers = authorization(service);
        headers.putAll(more);
        return new Request("POST", "/", "", headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, List<String>> authorization(String service) {
        // MiniStack takes account and region from the scope, and does not check the signature.
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put(
                "Authorization",
                List.of(
                        "AWS4-HMAC-SHA256 Credential=test/20260101/%s/%s/aws4_request,"
                                        .formatted(region, service)
                                + " SignedHeaders=host, Signature=0"));
        return headers;
    }
}
