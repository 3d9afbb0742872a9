package dev.efsautopilot.checks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Turns what somebody really sends into what nobody does. The same seed gives the same bytes.
 *
 * @param random its only source
 */
record Mutations(Random random) {

    private static final int QUARTER_OF_A_MEGABYTE = 256 * 1024;

    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "\u0000",
                    "a\nb\r\n{\"outcome\":\"done\"}",
                    "\u001b[31mred\u001b[0m",
                    "٧٧٧",
                    "orders:٧",
                    "orders:99999999999999999999",
                    "orders:0",
                    "\uD800",
                    "ｆｓ－０１２３４５６７",
                    "../../etc",
                    "/data/%2e%2e/%2f",
                    "$(id)",
                    "${jndi:ldap://x}",
                    "' OR 1=1 --",
                    "<svg onload=alert(1)>",
                    "-1",
                    "2147483648",
                    "1e400",
                    "NaN",
                    "true",
                    "{}",
                    "[]",
                    "1970-01-01T00:00:00Z",
                    "+1000000000-12-31T23:59:59Z",
                    "arn:",
                    "arn:aws:ecs:eu-west-1:123456789012:task/",
                    "arn:aws-cn:ecs:cn-north-1:123456789012:task/prod/0123456789abcdef0123456789abcdef",
                    "arn:aws-us-gov:ecs:us-gov-west-1:123456789012:cluster/prod",
                    "arn:aws:ecs:us-east-1:210987654321:task-definition/orders:7",
                    "arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:7",
                    "sg-0aaaaaaaaaaaaaaaa",
                    "eni-",
                    "fs=fs-0123456789abcdef0 mount=app:/x path=/../y uid=0",
                    "on=failure attempts=٣ backoff=-1s");

    private enum Way {
        REMOVE,
        NULL,
        TEXT,
        TEXT_INSIDE,
        NUMBER,
        NEST,
        LIST,
        DOUBLE
    }

    /** Bytes made from a real payload by one to four changes, and sometimes by damage. */
    byte[] of(JsonNode real) {
        ObjectNode payload = real.deepCopy();
        body(payload);
        for (var left = 1 + random.nextInt(4); left > 0; left--) {
            change(payload);
        }
        var bytes = written(payload).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(24)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> damaged(bytes);
            case 2 -> "{\"detail\":".repeat(5_000).getBytes(StandardCharsets.UTF_8);
            default -> bytes;
        };
    }

    /** Jackson writes a thousand levels and no more. */
    private static String written(JsonNode payload) {
        try {
            return Json.MAPPER.writeValueAsString(payload);
        } catch (JsonProcessingException _) {
            return "{\"a\":".repeat(999) + "1" + "}".repeat(999);
        }
    }

    /** The body of an HTTP request is JSON in a text. */
    private void body(ObjectNode payload) {
        if (!payload.path("body").isTextual() || random.nextInt(4) == 0) {
            return;
        }
        try {
            if (Json.MAPPER.readTree(payload.path("body").asText()) instanceof ObjectNode body) {
                change(body);
                payload.put("body", written(body));
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError("the body of a real event is JSON", e);
        }
    }

    private void change(ObjectNode root) {
        var parents = new ArrayList<JsonNode>();
        collect(root, parents);
        var parent = parents.isEmpty() ? root : parents.get(random.nextInt(parents.size()));
        switch (parent) {
            case ObjectNode object when !object.isEmpty() -> {
                var names = new ArrayList<String>();
                object.fieldNames().forEachRemaining(names::add);
                var name = names.get(random.nextInt(names.size()));
                put(object, name, way());
            }
            case ArrayNode array when !array.isEmpty() ->
                    array.set(random.nextInt(array.size()), other(array.path(0), way()));
            default -> root.set("detail", text());
        }
    }

    private Way way() {
        return Way.values()[random.nextInt(Way.values().length)];
    }

    private void put(ObjectNode object, String name, Way way) {
        if (way == Way.REMOVE) {
            object.remove(name);
        } else {
            object.set(name, other(object.path(name), way));
        }
    }

    private JsonNode other(JsonNode was, Way way) {
        var make = Json.MAPPER.getNodeFactory();
        return switch (way) {
            case NULL, REMOVE -> make.nullNode();
            case NUMBER -> make.numberNode(random.nextBoolean() ? -1 : Long.MAX_VALUE);
            case NEST -> nested(random.nextInt(1000));
            case LIST -> make.arrayNode().add(was.deepCopy()).add(text());
            case DOUBLE -> make.textNode(was.asText() + was.asText());
            case TEXT_INSIDE -> inside(was.asText());
            case TEXT -> text();
        };
    }

    private JsonNode text() {
        var make = Json.MAPPER.getNodeFactory();
        return random.nextInt(400) == 0
                ? make.textNode("x".repeat(QUARTER_OF_A_MEGABYTE))
                : make.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
    }

    private JsonNode inside(String was) {
        var at = random.nextInt(was.length() + 1);
        var more = TEXTS.get(random.nextInt(TEXTS.size()));
        return Json.MAPPER
                .getNodeFactory()
                .textNode(was.substring(0, at) + more + was.substring(at));
    }

    private static JsonNode nested(int depth) {
        var root = Json.MAPPER.createObjectNode();
        var inner = root;
        for (var level = 0; level < depth; level++) {
            inner = inner.putObject("a");
        }
        return root;
    }

    private byte[] damaged(byte[] bytes) {
        var damaged = bytes.clone();
        for (var left = 1 + random.nextInt(8); left > 0; left--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    private static void collect(JsonNode node, List<JsonNode> found) {
        if (node.isContainerNode() && !node.isEmpty()) {
            found.add(node);
            node.forEach(child -> collect(child, found));
        }
    }
}
