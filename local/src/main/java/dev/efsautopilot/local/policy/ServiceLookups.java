package dev.efsautopilot.local.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Upstream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What MiniStack knows of the resources. */
record ServiceLookups(Upstream upstream) implements Lookups {

    private static final Pattern ROLE_TAG =
            Pattern.compile("<Key>([^<]*)</Key>\\s*<Value>([^<]*)</Value>");

    @Override
    public Map<String, String> tags(String arn) {
        var name = arn.replaceAll(".*/", "");
        return arn.startsWith("arn:aws:iam:") ? roleTags(name) : efsTags(arn, name);
    }

    private Map<String, String> efsTags(String arn, String id) {
        var list =
                arn.contains(":access-point/")
                        ? upstream.efs("access-points?AccessPointId=" + id).path("AccessPoints")
                        : upstream.efs("file-systems?FileSystemId=" + id).path("FileSystems");
        return list.path(0)
                .path("Tags")
                .valueStream()
                .collect(
                        Collectors.toMap(
                                tag -> tag.path("Key").asText(),
                                tag -> tag.path("Value").asText()));
    }

    private Map<String, String> roleTags(String name) {
        var answer = upstream.iam("ListRoleTags", Map.of("RoleName", name));
        return ROLE_TAG.matcher(answer.text())
                .results()
                .collect(Collectors.toMap(tag -> tag.group(1), tag -> tag.group(2)));
    }

    @Override
    public String fileSystem(String mountTargetId) {
        JsonNode found = upstream.efs("mount-targets?MountTargetId=" + mountTargetId);
        return found.at("/MountTargets/0/FileSystemId").asText("*");
    }

    @Override
    public List<String> roles(String taskDefinition) {
        var answer =
                upstream.ecs(
                        "DescribeTaskDefinition",
                        Json.object().put("taskDefinition", taskDefinition));
        return EcsAccesses.roles(answer.document().path("taskDefinition")).toList();
    }
}
