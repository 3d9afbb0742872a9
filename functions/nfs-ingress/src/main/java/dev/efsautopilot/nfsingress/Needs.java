package dev.efsautopilot.nfsingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.aws.Ledger.Entry;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.NfsFacts;
import dev.efsautopilot.network.NfsPlan;
import dev.efsautopilot.network.NfsStep.AttachGroup;
import dev.efsautopilot.network.NfsStep.AuthorizeEgress;
import dev.efsautopilot.network.NfsStep.AuthorizeIngress;
import dev.efsautopilot.network.NfsStep.CreateMountTarget;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who needs a mount target, and through which groups of both sides: what must be looked at when
 * somebody revokes a rule of a group, or replaces the mount target's groups. Kept in the ledger
 * under the group and under the mount target.
 */
final class Needs {

    /** The most families that are remembered for one group: it has 60 rules by default. */
    private static final int KEPT = 50;

    private static final int ATTEMPTS = 5;
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration LIFE = Duration.ofDays(30);

    /**
     * A task that needed it, or one of its family.
     *
     * @param cluster its cluster's ARN
     * @param task its ARN
     * @param family its task definition's family
     * @param at when it was seen
     */
    record Need(String cluster, String task, String family, Instant at) {

        private String name() {
            return cluster + " " + family;
        }
    }

    private record Known(String id, String need) {}

    private final Ledger ledger;
    private final Memory<Known, Boolean> known = new Memory<>(500, FRESH);

    Needs(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Who is known to need this security group or mount target. */
    List<Need> of(String id) {
        return ledger.read(key(id)).stream()
                .flatMap(entry -> needs(entry.body()).stream())
                .toList();
    }

    /** Remembers that a running task needs what it mounts. */
    void remember(Task task, NfsFacts facts, NfsPlan opened, Instant now) {
        var need = new Need(task.clusterArn(), task.arn(), facts.family(), now);
        var unknown =
                ways(facts, opened).stream()
                        .filter(id -> known.of(new Known(id, need.name()), now).isEmpty())
                        .toList();
        if (unknown.isEmpty()) {
            return;
        }
        var there = ledger.readAll(unknown.stream().map(Needs::key).toList());
        for (var id : unknown) {
            remember(id, need, Optional.ofNullable(there.get(key(id))), now);
            known.keep(new Known(id, need.name()), true, now);
        }
    }

    private static Set<String> ways(NfsFacts facts, NfsPlan opened) {
        var ids = new TreeSet<String>();
        for (var client : facts.clients()) {
            for (var side : facts.fileSystems()) {
                side.near(client)
                        .ifPresent(target -> {
                            ids.add(target.target().id());
                            facts.doors()
                                    .in(client, target)
                                    .ifPresent(rule -> ids.add(rule.groupId()));
                            facts.doors()
                                    .out(client, target)
                                    .ifPresent(rule -> ids.add(rule.groupId()));
                        });
            }
        }
        for (var step : opened.steps()) {
            switch (step) {
                case AuthorizeIngress rule -> ids.add(rule.mountTargetGroup());
                case AuthorizeEgress rule -> ids.add(rule.taskGroup());
                case AttachGroup _, CreateMountTarget _ -> {}
            }
        }
        return ids;
    }

    private void remember(String id, Need need, Optional<Entry> there, Instant now) {
        var last = there;
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (remembered(id, need, last, now)) {
                return;
            }
            last = ledger.read(key(id));
        }
        throw new NotYet("who needs " + id + " is just being written");
    }

    /** Whether it is known; false where another writer was first. */
    private boolean remembered(String id, Need need, Optional<Entry> there, Instant now) {
        var body =
                there.map(entry -> ((ObjectNode) entry.body()).deepCopy())
                        .orElseGet(Json.MAPPER::createObjectNode);
        var last = body.path(need.name());
        if (last.isObject() && seen(last).plus(FRESH).isAfter(now)) {
            return true;
        }
        body.putObject(need.name())
                .put("cluster", need.cluster())
                .put("task", need.task())
                .put("family", need.family())
                .put("at", now.toString());
        bound(body);
        return there.map(entry -> ledger.replace(entry, body, now.plus(LIFE)))
                .orElseGet(() -> ledger.create(key(id), body, now.plus(LIFE)));
    }

    private static void bound(ObjectNode body) {
        body.properties().stream()
                .sorted(
                        Comparator.comparing(
                                        (Map.Entry<String, JsonNode> need) -> seen(need.getValue()))
                                .reversed())
                .skip(KEPT)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(body::remove);
    }

    private static List<Need> needs(JsonNode body) {
        return body.valueStream()
                .map(need ->
                        new Need(
                                Json.text(need, "cluster"),
                                Json.text(need, "task"),
                                Json.text(need, "family"),
                                seen(need)))
                .toList();
    }

    private static Instant seen(JsonNode need) {
        return Instant.parse(Json.text(need, "at"));
    }

    private static String key(String id) {
        return "need#" + id;
    }
}
