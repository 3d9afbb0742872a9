package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.S3Files;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.EfsVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the task definition alone says. */
final class DefinitionChecks {

    private static final String VOLUME_TAG = "efs-autopilot/volume/";
    private static final String DERIVED_TAG = "efs-autopilot/derived";

    private DefinitionChecks() {}

    static List<Finding> of(TaskFacts facts) {
        return switch (facts.definition()) {
            case Fact.Unknown<JsonNode>(var why) -> List.of(Finding.unknown(Check.VOLUMES, why));
            case Fact.Known<JsonNode>(var described) -> of(facts, described);
        };
    }

    private static List<Finding> of(TaskFacts facts, JsonNode described) {
        var findings = new ArrayList<Finding>();
        findings.add(volumes(described, facts.volumes()));
        if (facts.volumes().isEmpty()) {
            return findings;
        }
        var definition = described.path("taskDefinition");
        findings.add(platform(facts, definition));
        findings.add(RoleChecks.executionRole(facts, definition));
        for (var volume : facts.volumes()) {
            findings.add(flags(volume.volume(), definition));
            OwnerCheck.of(volume, definition).ifPresent(findings::add);
        }
        return findings;
    }

    private static Finding volumes(JsonNode described, List<VolumeFacts> volumes) {
        var definition = described.path("taskDefinition");
        var name = Json.text(definition, "family") + ":" + definition.path("revision").asText();
        if (!volumes.isEmpty()) {
            return Finding.ok(
                    Check.VOLUMES,
                    name
                            + " mounts over NFS: "
                            + volumes.stream()
                                    .map(one -> one.volume().name())
                                    .collect(Collectors.joining(" ")));
        }
        var tags = Json.list(described, "tags");
        var wanted = tags.stream().anyMatch(tag -> Json.text(tag, "key").startsWith(VOLUME_TAG));
        if (!wanted) {
            return Finding.ok(Check.VOLUMES, name + " mounts nothing over NFS");
        }
        return Finding.broken(
                Check.VOLUMES,
                name + " has tags that ask for volumes, and not the volumes",
                tags.stream()
                        .filter(tag -> Json.text(tag, "key").equals(DERIVED_TAG))
                        .map(tag -> "run the revision that has them: " + Json.text(tag, "value"))
                        .findFirst()
                        .orElse(
                                "POST /task-definitions/"
                                        + name
                                        + "/volumes, and run its revision"));
    }

    private static Finding platform(TaskFacts facts, JsonNode definition) {
        var seen =
                Stream.of(
                                facts.task().launchType(),
                                Json.text(facts.task().json(), "platformVersion"),
                                "network mode "
                                        + Json.optionalText(definition, "networkMode")
                                                .orElse("bridge"))
                        .filter(word -> !word.isBlank())
                        .collect(Collectors.joining(", "));
        return unsupported(facts, definition)
                .map(repair -> Finding.broken(Check.PLATFORM, seen, repair))
                .orElseGet(() -> Finding.ok(Check.PLATFORM, seen));
    }

    /** What to do where tasks like this one never mount EFS. */
    private static Optional<String> unsupported(TaskFacts facts, JsonNode definition) {
        var system = Json.text(definition.path("runtimePlatform"), "operatingSystemFamily");
        var version = Json.text(facts.task().json(), "platformVersion");
        if (system.startsWith("WINDOWS")) {
            return Optional.of("EFS is for Linux containers: use FSx for Windows File Server");
        }
        if (facts.task().launchType().equals("EXTERNAL")) {
            return Optional.of("ECS Anywhere does not mount EFS: use Fargate or EC2");
        }
        if (facts.task().launchType().equals("FARGATE") && version.matches("1\\.[0-3](\\..*)?")) {
            return Optional.of("run it with --platform-version LATEST (1.4.0 or newer)");
        }
        if (facts.task().launchType().equals("EC2")
                && facts.volumes().stream().anyMatch(VolumeFacts::onS3Files)) {
            return Optional.of("EC2 does not mount S3 Files: use Fargate or ECS Managed Instances");
        }
        return Json.text(definition, "networkMode").equals("none")
                ? Optional.of("register a revision with network mode awsvpc, bridge or host")
                : Optional.empty();
    }

    private static Finding flags(EfsVolume volume, JsonNode definition) {
        var name = "volume " + volume.name();
        if (volume.accessPointId().isPresent() && !volume.rootDirectory().equals("/")) {
            return wrong(
                    name + " has an access point and rootDirectory " + volume.rootDirectory(),
                    "leave rootDirectory out");
        }
        if (!volume.transitEncryption() && (volume.accessPointId().isPresent() || volume.iam())) {
            return wrong(
                    name + " has an access point or IAM, and no transit encryption",
                    "set transitEncryption to ENABLED");
        }
        if (volume.iam() && Json.text(definition, "taskRoleArn").isBlank()) {
            return wrong(
                    name + " mounts with IAM, and the task definition has no task role",
                    S3Files.names(volume.fileSystemId())
                            ? "name a taskRoleArn with s3files:ClientMount"
                            : "name a taskRoleArn with elasticfilesystem:ClientMount, or set iam to"
                                    + " DISABLED");
        }
        return Finding.ok(
                Check.VOLUME_FLAGS,
                "%s is mounted %s TLS and %s IAM"
                        .formatted(
                                name,
                                volume.transitEncryption() ? "with" : "without",
                                volume.iam() ? "with" : "without"));
    }

    private static Finding wrong(String evidence, String change) {
        return Finding.broken(Check.VOLUME_FLAGS, evidence, "register a revision: " + change);
    }
}
