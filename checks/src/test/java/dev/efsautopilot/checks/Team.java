package dev.efsautopilot.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.util.Map;

/**
 * What a team has in the account: one file system whose owner lets tasks have {@code /apps},
 * another one whose owner lets nobody have anything, and a task definition with tags of the team's
 * choice.
 */
final class Team {

    static final String OPEN = "fs-0123456789abcdef0";
    static final String CLOSED = "fs-0fedcba9876543210";

    private Team() {}

    /** An account with that in it, and with a task definition that has these tags. */
    static FakeAws with(String family, Map<String, String> tags) {
        return new FakeAws()
                .on("DescribeFileSystems", Team::fileSystems)
                .on("DescribeAccessPoints", Team::accessPoints)
                .on("CreateAccessPoints", Team::created)
                .on("DescribeTaskDefinition", _ -> definition(family, tags))
                .on("RegisterTaskDefinition", Team::registered)
                .on("TagResource", _ -> "{}");
    }

    private static String fileSystems(String said) {
        var all =
                Map.of(
                        OPEN,
                                fileSystem(
                                        OPEN,
                                        "{\"Key\":\"efs-autopilot/allow\",\"Value\":\"/apps\"}"),
                        CLOSED, fileSystem(CLOSED, "{\"Key\":\"Name\",\"Value\":\"payroll\"}"));
        var found = all.keySet().stream().filter(said::contains).findFirst();
        return "{\"FileSystems\":["
                + found.map(all::get).orElseGet(() -> String.join(",", all.values()))
                + "]}";
    }

    private static String fileSystem(String id, String tag) {
        return "{\"FileSystemId\":\"%s\",\"LifeCycleState\":\"available\",\"Tags\":[%s]}"
                .formatted(id, tag);
    }

    /** Whatever id is asked for: it shows another team's directory. */
    private static String accessPoints(String said) {
        var id = said.replaceFirst("(?s).*\"(fsap-[0-9a-f]+)\".*", "$1");
        return """
        {"AccessPoints":[{"AccessPointId":"%s","AccessPointArn":"arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/%s",
          "FileSystemId":"%s","LifeCycleState":"available","PosixUser":{"Uid":7,"Gid":7},"RootDirectory":{"Path":"/payroll"},"Tags":[]}]}
        """
                .formatted(id, id, id.endsWith("0") ? OPEN : CLOSED);
    }

    private static String created(String said) {
        ObjectNode made = tree(said.substring(said.indexOf('}') + 1)).deepCopy();
        made.put("AccessPointId", "fsap-0aaaaaaaaaaaaaaaa")
                .put("AccessPointArn", "arn:ap")
                .put("LifeCycleState", "available");
        return made.toString();
    }

    private static String definition(String family, Map<String, String> tags) {
        var list = Json.MAPPER.createArrayNode();
        tags.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
        return """
        {"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:eu-west-1:123456789012:task-definition/%1$s:7",
          "family":"%1$s","revision":7,"status":"ACTIVE","networkMode":"awsvpc",
          "containerDefinitions":[{"name":"app","image":"x","essential":true}],"volumes":[]},"tags":%2$s}
        """
                .formatted(family, list);
    }

    private static String registered(String said) {
        ObjectNode made = tree(said).deepCopy();
        made.remove("tags");
        made.put("revision", 8)
                .put("taskDefinitionArn", "arn:aws:ecs:eu-west-1:123456789012:task-definition/x:8");
        return "{\"taskDefinition\":" + made + "}";
    }

    static JsonNode tree(String json) {
        return BadInputTest.parsed(json);
    }
}
