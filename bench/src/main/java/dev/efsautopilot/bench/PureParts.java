package dev.efsautopilot.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.MountTarget;
import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.aws.SecurityRule.Peer;
import dev.efsautopilot.event.Triggers;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.Doors;
import dev.efsautopilot.network.FileSystemSide;
import dev.efsautopilot.network.IngressGap;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsFacts;
import dev.efsautopilot.network.NfsPolicy;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.rerun.RerunPolicy;
import dev.efsautopilot.rerun.Why;
import dev.efsautopilot.revision.OfflineRevision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What functions do between two calls of AWS, on the files of {@code events/}. */
final class PureParts {

    private static final RerunPolicy POLICY = sound(RerunPolicy.parse("on=failure attempts=3"));

    private final Path root;

    PureParts(Path root) {
        this.root = root;
    }

    /** Each part by its name: what it does with one event. */
    Map<String, Callable<?>> all() {
        var parts = new LinkedHashMap<String, Callable<?>>();
        for (var name :
                List.of(
                        "task-pending",
                        "run-task-api-call",
                        "register-task-definition",
                        "http-diagnosis")) {
            var payload = bytes(name);
            parts.put("parse " + name, () -> Triggers.parse(Json.MAPPER.readTree(payload)));
        }
        for (var name :
                List.of("task-stopped-spot", "task-stopped-mount-timeout", "task-stopped-exit-1")) {
            var stop = tree(name).path("detail");
            parts.put("decide " + name, () -> Why.of(stop, POLICY));
        }
        var definition = tree("register-task-definition").at("/detail/requestParameters");
        parts.put("plan a revision with a volume", () -> revision(definition));
        var gap = new IngressGap(new NfsPolicy("bench", true, false));
        for (var rules : List.of(10, 1000)) {
            var open = facts(rules, "sg-task");
            parts.put("plan an open way among " + rules + " rules", () -> gap.plan(open));
            var closed = facts(rules, "sg-other");
            parts.put("plan a closed way among " + rules + " rules", () -> gap.plan(closed));
        }
        return parts;
    }

    private static Object revision(JsonNode definition) {
        var source = OfflineRevision.read(definition, Map.of()).orElseThrow();
        return sound(new OfflineRevision(source, Map.of("data", "fsap-1")).request());
    }

    private static <T> T sound(Result<T> result) {
        return switch (result) {
            case Result.Ok<T>(var value) -> value;
            case Result.Refused<T>(var refusal) ->
                    throw new IllegalStateException(refusal.sentence());
        };
    }

    /** A task and a mount target whose groups have so many rules; the last one lets this in. */
    private static NfsFacts facts(int rules, String letIn) {
        var client =
                new NfsClient(
                        "vpc-1",
                        "subnet-a",
                        "eu-west-1a",
                        List.of("10.0.1.7"),
                        List.of("sg-task"),
                        true);
        var target =
                new MountTarget(
                        "fsmt-1",
                        "fs-1",
                        "available",
                        "eu-west-1a",
                        "vpc-1",
                        "subnet-a",
                        "eni-1",
                        "10.0.1.100",
                        "");
        var fileSystem =
                new FileSystem(
                        "fs-1",
                        "arn:fs-1",
                        "available",
                        Optional.empty(),
                        "bursting",
                        Map.of(FileSystem.ALLOW, "/"));
        var side =
                new FileSystemSide(
                        "fs-1",
                        Optional.of(fileSystem),
                        List.of(new MountTargetSide(target, List.of("sg-mount"))));
        return new NfsFacts(
                List.of(client),
                List.of(side),
                new Doors(rules(rules, letIn).toList()),
                Set.of(),
                "web");
    }

    private static Stream<SecurityRule> rules(int count, String letIn) {
        return Stream.concat(
                IntStream.range(2, count)
                        .mapToObj(i -> rule(i, false, new Peer.Block("10.1." + i % 256 + ".0/24"))),
                Stream.of(
                        rule(0, true, new Peer.Block("0.0.0.0/0")),
                        rule(1, false, new Peer.Group(letIn))));
    }

    private static SecurityRule rule(int number, boolean egress, Peer peer) {
        return new SecurityRule(
                "sgr-" + number,
                egress ? "sg-task" : "sg-mount",
                egress,
                "tcp",
                SecurityRule.NFS,
                SecurityRule.NFS,
                peer,
                Map.of());
    }

    private JsonNode tree(String name) {
        try {
            return Json.MAPPER.readTree(bytes(name));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private byte[] bytes(String name) {
        try {
            return Files.readAllBytes(root.resolve("events/" + name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
