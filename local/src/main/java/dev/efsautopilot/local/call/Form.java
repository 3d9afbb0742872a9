package dev.efsautopilot.local.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The form parameters of the query protocol: {@code IpPermissions.1.Groups.1.GroupId=sg-1}. */
public final class Form {
    /** CloudTrail's names of EC2's lists, where they are not those of the form. */
    private static final Map<String, String> LISTS =
            Map.of(
                    "Filter", "filterSet",
                    "Value", "valueSet",
                    "GroupId", "securityGroupIdSet",
                    "NetworkInterfaceId", "networkInterfaceIdSet",
                    "ResourceId", "resourcesSet",
                    "SecurityGroupRuleId", "securityGroupRuleIds",
                    "Tag", "tagSet",
                    "TagSpecification", "tagSpecificationSet");

    private static final List<String> PEERS =
            List.of("groups", "ipRanges", "ipv6Ranges", "prefixListIds");

    private Form() {}

    /** Splits a form or a query string, in its order. */
    public static Map<String, String> parse(String form) {
        var values = new LinkedHashMap<String, String>();
        for (var pair : form.split("&", -1)) {
            if (!pair.isEmpty()) {
                var equals = pair.indexOf('=');
                var name = equals < 0 ? pair : pair.substring(0, equals);
                var value = equals < 0 ? "" : pair.substring(equals + 1);
                values.put(decode(name), decode(value));
            }
        }
        return values;
    }

    /** Writes a form. */
    public static String write(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    /**
     * Nests the parameters as CloudTrail shows those of EC2: lowerCamelCase names, a list as {@code
     * {"items": […]}}, each item of a list of ids as an object that names it. Action and Version
     * are left out.
     */
    public static ObjectNode nest(Map<String, String> values) {
        var root = new Level();
        values.forEach((name, value) -> {
            if (!name.equals("Action") && !name.equals("Version")) {
                root.put(name.split("\\."), 0, value);
            }
        });
        var nested = root.toJson("") instanceof ObjectNode object ? object : Json.object();
        for (var permission : nested.at("/ipPermissions/items")) {
            PEERS.forEach(peers -> ((ObjectNode) permission).withObjectProperty(peers));
        }
        return nested;
    }

    /** The first letter in lower case. */
    public static String lowerCamel(String name) {
        return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static final class Level {
        private final Map<String, Level> members = new LinkedHashMap<>();
        private String value = "";

        void put(String[] path, int depth, String leaf) {
            if (depth == path.length) {
                value = leaf;
            } else {
                members.computeIfAbsent(path[depth], name -> new Level())
                        .put(path, depth + 1, leaf);
            }
        }

        JsonNode toJson(String name) {
            if (members.isEmpty()) {
                return typed(value);
            }
            if (isList()) {
                return list(name);
            }
            var object = Json.object();
            members.forEach((key, level) -> object.set(level.name(key), level.toJson(key)));
            return object;
        }

        private boolean isList() {
            return !members.isEmpty()
                    && members.keySet().stream().allMatch(key -> key.matches("\\d+"));
        }

        private String name(String key) {
            return isList() ? LISTS.getOrDefault(key, lowerCamel(key)) : lowerCamel(key);
        }

        private ObjectNode list(String name) {
            ArrayNode items = Json.array();
            var inOrder = new TreeMap<Integer, Level>();
            members.forEach((key, level) -> inOrder.put(Integer.valueOf(key), level));
            for (var level : inOrder.values()) {
                var item = level.toJson(name);
                items.add(
                        item instanceof ObjectNode
                                ? item
                                : Json.object().set(lowerCamel(name), item));
            }
            return Json.object().set("items", items);
        }

        private static JsonNode typed(String text) {
            return text.equals("true")
                            || text.equals("false")
                            || text.matches("-?(0|[1-9]\\d{0,8})")
                    ? Json.parse(text)
                    : TextNode.valueOf(text);
        }
    }
}
