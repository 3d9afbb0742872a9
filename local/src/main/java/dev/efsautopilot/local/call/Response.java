package dev.efsautopilot.local.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** An answer to a call. */
@SuppressWarnings("ArrayRecordComponent") // bytes as they go; never compared
public record Response(int status, Map<String, List<String>> headers, byte[] body) {

    public Response {
        var sorted = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = sorted;
    }

    /** A JSON document, in the protocol of ECS or of EFS alike. */
    public static Response json(int status, JsonNode document) {
        return new Response(
                status,
                Map.of("Content-Type", List.of("application/json")),
                document.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** An error as the JSON protocol writes it: the code in {@code __type}. */
    public static Response jsonError(String code, String message) {
        return jsonError(code, message, Json.object());
    }

    /** An error as the JSON protocol writes it, with more members than its message. */
    public static Response jsonError(String code, String message, ObjectNode members) {
        var document = Json.object().put("__type", code).put("message", message);
        document.setAll(members);
        return json(400, document).with("x-amzn-errortype", code);
    }

    /** An error as EFS writes it: {@code ErrorCode}, {@code Message} and what the error names. */
    public static Response restError(int status, String code, String message, ObjectNode members) {
        var document = Json.object().put("ErrorCode", code).put("Message", message);
        document.setAll(members);
        return json(status, document).with("x-amzn-errortype", code);
    }

    /** An XML document, in the protocol of EC2. */
    public static Response xml(int status, String document) {
        return new Response(
                status,
                Map.of("Content-Type", List.of("text/xml;charset=UTF-8")),
                document.getBytes(StandardCharsets.UTF_8));
    }

    /** An error as EC2 writes it. */
    public static Response xmlError(String code, String message) {
        return xml(
                400,
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors>\
                <RequestID>%s</RequestID></Response>\
                """
                        .formatted(code, Xml.escape(message), UUID.randomUUID()));
    }

    /** No answer at all: what is recorded of a call that never arrived. */
    public static Response none() {
        return new Response(0, Map.of(), new byte[0]);
    }

    /** True for a 2xx answer. */
    public boolean ok() {
        return status / 100 == 2;
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body as JSON, XML answers in the shape of {@link Xml#toJson}; empty where it is neither.
     */
    public JsonNode document() {
        var text = text();
        if (text.startsWith("{")) {
            return Json.parse(text);
        }
        return text.startsWith("<") ? Xml.toJson(text) : Json.object();
    }

    /** The code of an error, or an empty string. */
    public String errorCode() {
        if (ok()) {
            return "";
        }
        var header = headers.getOrDefault("x-amzn-errortype", List.of());
        if (!header.isEmpty()) {
            return header.getFirst().replaceAll("[:#].*", "");
        }
        var document = document();
        for (var path : List.of("/__type", "/ErrorCode", "/Errors/Error/Code", "/Error/Code")) {
            var code = document.at(path).asText();
            if (!code.isEmpty()) {
                return code.replaceAll(".*#", "");
            }
        }
        return Integer.toString(status);
    }

    /** What an error says, or an empty string. */
    public String errorMessage() {
        var document = document();
        for (var path :
                List.of("/message", "/Message", "/Errors/Error/Message", "/Error/Message")) {
            var message = document.at(path).asText();
            if (!message.isEmpty()) {
                return message;
            }
        }
        return "";
    }

    private Response with(String name, String value) {
        var more = new TreeMap<>(headers);
        more.put(name, List.of(value));
        return new Response(status, more, body);
    }
}
