package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.intent.VolumeIntent;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** A task definition with known and unknown fields, and volumes that tags could ask for. */
final class GeneratedDefinition {

    private static final List<String> READ_ONLY =
            List.of(
                    "taskDefinitionArn",
                    "status",
                    "registeredAt",
                    "registeredBy",
                    "deregisteredAt",
                    "deleteRequestedAt");
    private static final List<String> KINDS =
            List.of(
                    "{\"host\":{\"sourcePath\":\"/x\"}}",
                    "{\"host\":{}}",
                    "{\"dockerVolumeConfiguration\":{\"scope\":\"task\"}}",
                    "{\"efsVolumeConfiguration\":{\"fileSystemId\":\"fs-9\",\"rootDirectory\":\"/\"}}",
                    "{\"s3filesVolumeConfiguration\":{\"fileSystemArn\":\"arn:aws:s3files:x\"}}",
                    "{\"fsxWindowsFileServerVolumeConfiguration\":{\"fileSystemId\":\"fs-8\"}}",
                    "{\"configuredAtLaunch\":true}",
                    "{\"volumeOfTomorrow\":{\"colour\":[1,null,{\"x\":1.5}]}}");

    private final Random random;
    private final ObjectNode input = Json.MAPPER.createObjectNode();
    private final List<VolumeIntent> wanted = new ArrayList<>();
    private final Set<String> newVolumes = new HashSet<>();
    private final Set<String> hadNoMountPoints = new HashSet<>();
    private boolean hadNoVolumes;

    GeneratedDefinition(long seed) {
        this.random = new Random(seed);
        input.put("family", "orders").put("networkMode", "awsvpc");
        if (random.nextBoolean()) {
            input.put("taskRoleArn", "arn:aws:iam::1:role/orders");
        }
        unknown(input);
        containers();
        volumes();
        for (var n = 0; n < 1 + random.nextInt(3); n++) {
            ask("new" + n);
        }
    }

    JsonNode described() {
        ObjectNode described = input.deepCopy();
        READ_ONLY.forEach(field -> described.put(field, "ACTIVE"));
        described.put("revision", 7);
        described.putArray("requiresAttributes").addObject().put("name", "x");
        described.putArray("compatibilities").add("EC2");
        return described;
    }

    /** What was generated, as RegisterTaskDefinition takes it. */
    JsonNode input() {
        return input;
    }

    List<VolumeIntent> wanted() {
        return wanted;
    }

    /** What is left of a revised definition when exactly what was asked is taken out again. */
    JsonNode without(ObjectNode revised) {
        ObjectNode rest = revised.deepCopy();
        for (var container : rest.path("containerDefinitions")) {
            var points = container.path("mountPoints");
            takeOut(points, "sourceVolume");
            if (hadNoMountPoints.contains(Json.text(container, "name")) && points.isEmpty()) {
                ((ObjectNode) container).remove("mountPoints");
            }
        }
        takeOut(rest.path("volumes"), "name");
        if (hadNoVolumes && rest.path("volumes").isEmpty()) {
            rest.remove("volumes");
        }
        return rest;
    }

    private void takeOut(JsonNode list, String field) {
        if (list instanceof ArrayNode array) {
            for (var n = array.size() - 1; n >= 0; n--) {
                if (newVolumes.contains(Json.text(array.get(n), field))) {
                    array.remove(n);
                }
            }
        }
    }

    private void containers() {
        var list = input.putArray("containerDefinitions");
        IntStream.range(0, 1 + random.nextInt(10))
                .forEach(n -> {
                    var container = list.addObject().put("name", "c" + n).put("image", "image" + n);
                    container
                            .putArray("environment")
                            .addObject()
                            .put("name", "A")
                            .put("value", "ü\n\"");
                    container.put("essential", random.nextBoolean());
                    unknown(container);
                    if (random.nextBoolean()) {
                        container
                                .putArray("mountPoints")
                                .addObject()
                                .put("sourceVolume", "old0")
                                .put("containerPath", "/old");
                    } else {
                        hadNoMountPoints.add("c" + n);
                    }
                });
    }

    private void volumes() {
        hadNoVolumes = random.nextBoolean();
        if (!hadNoVolumes) {
            var list = input.putArray("volumes");
            IntStream.range(0, random.nextInt(6))
                    .forEach(n -> {
                        var kind = (ObjectNode) tree(KINDS.get(random.nextInt(KINDS.size())));
                        list.add(kind.put("name", "old" + n));
                    });
        }
    }

    private void ask(String volume) {
        newVolumes.add(volume);
        var value = new StringBuilder("mode=0700");
        var containers = input.path("containerDefinitions").size();
        for (var n = 0; n < containers; n++) {
            if (n == 0 || random.nextBoolean()) {
                value.append(" mount=c").append(n).append(":/").append(volume);
                value.append(random.nextBoolean() ? ":ro" : "");
            }
        }
        if (VolumeIntent.parse(VolumeIntent.TAG_PREFIX + volume, value.toString())
                instanceof Result.Ok<VolumeIntent>(var intent)) {
            wanted.add(intent);
        }
    }

    private void unknown(ObjectNode object) {
        for (var n = 0; n < random.nextInt(4); n++) {
            object.set("unknown" + random.nextInt(100), value(3));
        }
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> Json.MAPPER.getNodeFactory().numberNode(random.nextLong());
            case 1 -> Json.MAPPER.getNodeFactory().numberNode(random.nextDouble());
            case 2 -> Json.MAPPER.getNodeFactory().nullNode();
            case 3 -> Json.MAPPER.getNodeFactory().booleanNode(random.nextBoolean());
            case 4 -> Json.MAPPER.getNodeFactory().textNode("text " + random.nextInt());
            case 5 -> Json.MAPPER.createArrayNode().add(value(depth - 1)).add(value(depth - 1));
            default -> {
                ObjectNode nested = Json.MAPPER.createObjectNode();
                nested.set("n", value(depth - 1));
                yield nested;
            }
        };
    }

    private static JsonNode tree(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
