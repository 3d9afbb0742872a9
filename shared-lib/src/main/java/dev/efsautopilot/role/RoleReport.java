package dev.efsautopilot.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of looking whether the role of a task definition may mount its volumes.
 *
 * @param findings one for each volume that is mounted with the role, as it was found
 * @param granted what was given to the role since
 */
public record RoleReport(List<RoleFinding> findings, List<RoleStep.GrantMount> granted) {

    /** Keeps copies. */
    public RoleReport {
        findings = List.copyOf(findings);
        granted = List.copyOf(granted);
    }

    /**
     * What a caller and the bus get: {@code missingPermissions}, each with the ready policy
     * statement, and {@code permissionsNotChecked}; a list that would be empty is left out.
     */
    public Map<String, ?> detail() {
        var missing = new ArrayList<JsonNode>();
        var unknown = new ArrayList<JsonNode>();
        for (var finding : findings) {
            switch (finding) {
                case RoleFinding.Allowed _ -> {}
                case RoleFinding.Missing(var mount, var actions, var remedy) ->
                        missing.add(
                                lacks(mount, actions)
                                        .put("remedy", remedy)
                                        .set("statement", mount.statement()));
                case RoleFinding.Denied(var mount, var actions, var by) ->
                        missing.add(lacks(mount, actions).put("deniedBy", by));
                case RoleFinding.NotChecked(var mount, var why) ->
                        unknown.add(of(mount).put("why", why));
            }
        }
        var detail = new TreeMap<String, Object>();
        put(detail, "missingPermissions", missing);
        put(detail, "permissionsNotChecked", unknown);
        if (!status().isEmpty()) {
            detail.put("taskRole", status());
        }
        return detail;
    }

    /** What the status tag says of it; "" where nothing is missing. */
    public String status() {
        return findings.stream()
                .flatMap(finding ->
                        switch (finding) {
                            case RoleFinding.Missing(var mount, var actions, _) ->
                                    Stream.of("lacks " + names(actions) + " on " + mount.volume());
                            case RoleFinding.Denied(var mount, var actions, _) ->
                                    Stream.of(
                                            "is denied "
                                                    + names(actions)
                                                    + " on "
                                                    + mount.volume());
                            case RoleFinding.Allowed _ -> Stream.empty();
                            case RoleFinding.NotChecked _ -> Stream.empty();
                        })
                .collect(Collectors.joining(" - "));
    }

    private static void put(Map<String, Object> detail, String key, List<JsonNode> values) {
        if (!values.isEmpty()) {
            detail.put(key, values);
        }
    }

    private static ObjectNode lacks(RoleMount mount, List<String> actions) {
        var node = of(mount);
        actions.forEach(node.putArray("actions")::add);
        return node;
    }

    private static ObjectNode of(RoleMount mount) {
        return Json.MAPPER
                .createObjectNode()
                .put("volume", mount.volume())
                .put("role", mount.role());
    }

    private static String names(List<String> actions) {
        return actions.stream()
                .map(action -> action.substring(action.indexOf(':') + 1))
                .collect(Collectors.joining(" "));
    }
}
