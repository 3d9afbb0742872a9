package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Bus;
import dev.efsautopilot.aws.EcsTags;
import dev.efsautopilot.intent.VolumeIntent;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells what came of a task definition's tags where its owner looks: on the bus, and in its tags.
 *
 * @param tags where the tags are
 * @param bus where events go
 */
record TellVolumes(EcsTags tags, Bus bus) {

    /** ECS's limit. */
    private static final int MOST_TAGS = 50;

    /**
     * Tells that a target has the volumes.
     *
     * @param result what a caller gets
     * @param left the ARNs of services that went back to the source, and are left there
     */
    void ready(Revision source, Revision target, Map<String, ?> result, List<String> left) {
        var detail = new HashMap<String, Object>(result);
        if (!left.isEmpty()) {
            detail.put("left", left);
        }
        bus.tell("Volume Ready", List.of(source.arn(), target.arn()), detail);
    }

    /** The tag is written once, and where there is room for it. */
    void refused(Revision source, Refusal refusal) {
        var status = Status.refused(refusal);
        var room = source.tags().containsKey(Revision.STATUS) || source.tags().size() < MOST_TAGS;
        if (source.active() && room && !status.equals(source.tags().get(Revision.STATUS))) {
            tags.put(source.arn(), Map.of(Revision.STATUS, status));
        }
        bus.tell(
                "Volume Refused",
                List.of(source.arn()),
                Map.of(
                        "taskDefinition", source.name(),
                        "field", refusal.field(),
                        "problem", refusal.problem(),
                        "remedy", refusal.remedy()));
    }

    /**
     * What a caller gets; without a target, what is known before there is one.
     *
     * @param roles what was found of the task role
     */
    static Map<String, ?> result(Revision source, Optional<Revision> target, Map<String, ?> roles) {
        var result = new TreeMap<String, Object>(roles);
        result.put("taskDefinition", source.name());
        target.ifPresent(found -> {
            result.put("derived", found.name());
            result.put("volumes", volumes(source, found));
        });
        return result;
    }

    private static List<JsonNode> volumes(Revision source, Revision target) {
        return Json.list(target.definition(), "volumes").stream()
                .filter(volume ->
                        source.tags()
                                .containsKey(VolumeIntent.TAG_PREFIX + Json.text(volume, "name")))
                .toList();
    }
}
