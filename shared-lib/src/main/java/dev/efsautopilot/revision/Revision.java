package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A task definition as ECS describes it, with its tags.
 *
 * @param definition every field of it, those that this software has never heard of included
 * @param tags its tags
 */
public record Revision(JsonNode definition, Map<String, String> tags) {

    /** The tag on a revision of our own: the {@code family:revision} that it was made from. */
    public static final String SOURCE = "efs-autopilot/source";

    /** The tag on a source revision: the {@code family:revision} that was made from it. */
    public static final String DERIVED = "efs-autopilot/derived";

    /** The tag on a source revision: what came of its tags. */
    public static final String STATUS = "efs-autopilot/status";

    /** Tag of a revision: how the last of its tasks that ended for good did, and its re-runs. */
    public static final String RERUN_STATUS = "efs-autopilot/rerun-status";

    /** The tag on whatever this software made: the stack's name. */
    public static final String MANAGED = "efs-autopilot/managed";

    /** The tag on a definition or service: whether services are moved to the derived revision. */
    public static final String DEPLOY = "efs-autopilot/deploy";

    /** What this software says about one revision, which is not so of another made from it. */
    static final Set<String> SAID = Set.of(SOURCE, DERIVED, STATUS, RERUN_STATUS, MANAGED);

    /** Members of the API's {@code TaskDefinition} that RegisterTaskDefinition does not take. */
    private static final List<String> READ_ONLY =
            List.of(
                    "taskDefinitionArn",
                    "revision",
                    "status",
                    "requiresAttributes",
                    "compatibilities",
                    "registeredAt",
                    "registeredBy",
                    "deregisteredAt",
                    "deleteRequestedAt");

    /** Keeps a copy of the tags. */
    public Revision {
        tags = Map.copyOf(tags);
    }

    /** From the answer of DescribeTaskDefinition, tags included. */
    public static Revision described(JsonNode answer) {
        var tags = new TreeMap<String, String>();
        Json.list(answer, "tags")
                .forEach(tag -> tags.put(Json.text(tag, "key"), Json.text(tag, "value")));
        return new Revision(Json.object(answer, "taskDefinition"), tags);
    }

    /** Its ARN. */
    public String arn() {
        return Json.text(definition, "taskDefinitionArn");
    }

    /** Its family. */
    public String family() {
        return Json.text(definition, "family");
    }

    /** Its number within the family. */
    public int number() {
        return definition.path("revision").asInt();
    }

    /** {@code family:revision}. */
    public String name() {
        return family() + ":" + number();
    }

    /** Whether tasks can be started from it; also where it has no status, not being registered. */
    public boolean active() {
        return Json.optionalText(definition, "status").orElse("ACTIVE").equals("ACTIVE");
    }

    /** The {@code family:revision} that this software made it from; empty where it did not. */
    public Optional<String> source() {
        return Optional.ofNullable(tags.get(SOURCE));
    }

    /** What RegisterTaskDefinition takes to register the same again, without tags: a copy. */
    public ObjectNode copy() {
        ObjectNode copy = definition.deepCopy();
        return copy.remove(READ_ONLY);
    }

    /** The EFS access point that its volume of this name mounts through. */
    public Optional<String> accessPoint(String volume) {
        return Json.list(definition, "volumes").stream()
                .filter(candidate -> Json.text(candidate, "name").equals(volume))
                .map(candidate -> candidate.path("efsVolumeConfiguration"))
                .flatMap(efs ->
                        Json.optionalText(efs.path("authorizationConfig"), "accessPointId")
                                .stream())
                .findFirst();
    }
}
