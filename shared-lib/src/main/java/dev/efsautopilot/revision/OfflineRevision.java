package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.intent.Backing;
import dev.efsautopilot.intent.EfsPath;
import dev.efsautopilot.intent.FileSystemName;
import dev.efsautopilot.intent.PathTemplate;
import dev.efsautopilot.intent.VolumeIntent;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the tags of a task definition make of it, decided without AWS: for pipelines that register
 * it themselves. What only AWS knows is not asked: whether the file system is there, and what its
 * owner allows.
 *
 * @param source the task definition with its tags
 * @param accessPoints by the volume's name, the access point that is there for it
 */
public record OfflineRevision(Revision source, Map<String, String> accessPoints) {

    /** ECS's limit. */
    private static final int MOST_TAGS = 50;

    /** Keeps a copy of the access points. */
    public OfflineRevision {
        accessPoints = Map.copyOf(accessPoints);
    }

    /**
     * The revision in a file: what RegisterTaskDefinition takes, or what DescribeTaskDefinition or
     * RegisterTaskDefinition answers.
     *
     * @param more tags that it is to have as well; they win over its own
     * @return empty where it is no task definition
     */
    public static Optional<Revision> read(JsonNode file, Map<String, String> more) {
        var definition =
                file.path("taskDefinition").isObject() ? file.path("taskDefinition") : file;
        if (!definition.path("containerDefinitions").isArray()) {
            return Optional.empty();
        }
        var bare = definition.<ObjectNode>deepCopy().without("tags");
        var tags = new TreeMap<String, String>();
        Json.list(file, "tags")
                .forEach(tag -> tags.put(Json.text(tag, "key"), Json.text(tag, "value")));
        tags.putAll(more);
        return Optional.of(new Revision(bare, tags));
    }

    /** What RegisterTaskDefinition takes, tags included. */
    public Result<ObjectNode> request() {
        return VolumePlan.deploys(source.tags().get(Revision.DEPLOY), source.family())
                .then(_ -> VolumeIntent.all(source.tags()))
                .then(this::attachments)
                .then(attachments -> AttachVolumes.revise(source, attachments, _ -> ""))
                .then(this::tagged);
    }

    private Result<List<Attachment>> attachments(List<VolumeIntent> intents) {
        var asked = intents.stream().map(VolumeIntent::volume).toList();
        return accessPoints.keySet().stream()
                .sorted()
                .filter(volume -> !asked.contains(volume))
                .findFirst()
                .<Result<List<Attachment>>>map(volume ->
                        Result.refused(
                                Refusal.notFound(
                                        "--access-point " + volume,
                                        "no tag asks for a volume of this name",
                                        "add the tag " + VolumeIntent.TAG_PREFIX + volume)))
                .orElseGet(() -> Result.all(intents.stream().map(this::attachment).toList()));
    }

    private Result<Attachment> attachment(VolumeIntent intent) {
        return switch (intent.backing()) {
            case Backing.Efs backing ->
                    fileSystem(intent)
                            .then(id ->
                                    root(intent, backing)
                                            .then(root ->
                                                    Result.ok(new Attachment(intent, id, root))));
            case Backing.S3Files(var arn, var accessPoint, var path) ->
                    given(intent)
                            .map(id -> OfflineRevision.<Attachment>contradicts(intent, id))
                            .orElseGet(() ->
                                    directory(intent, path)
                                            .then(filled ->
                                                    Result.ok(
                                                            new Attachment(
                                                                    intent,
                                                                    arn,
                                                                    new Attachment.Root.S3Files(
                                                                            accessPoint,
                                                                            filled)))));
        };
    }

    private static Result<String> fileSystem(VolumeIntent intent) {
        return switch (intent.fileSystem()) {
            case FileSystemName.Id(var id) -> Result.ok(id);
            case FileSystemName.Named(var name) ->
                    noId(intent, "name:" + name + " can be looked up on AWS only");
            case FileSystemName.S3Files(var arn) -> noId(intent, arn + " is no EFS file system");
            case FileSystemName.Default() ->
                    noId(intent, "no file system is named, and only the stack knows its default");
        };
    }

    private static Result<String> noId(VolumeIntent intent, String problem) {
        return Result.refused(
                Refusal.invalid(intent.field("fs"), problem, "write its id, fs=fs-…"));
    }

    private Result<Attachment.Root> root(VolumeIntent intent, Backing.Efs backing) {
        var given = given(intent);
        return switch (backing) {
            case Backing.NewAccessPoint(var path, _) ->
                    directory(intent, path)
                            .then(_ ->
                                    made(
                                            intent,
                                            given.or(() -> source.accessPoint(intent.volume()))));
            case Backing.GivenAccessPoint(var id) ->
                    given.isEmpty() || given.get().equals(id)
                            ? Result.ok(new Attachment.Root.Existing(id))
                            : contradicts(intent, given.get());
            case Backing.PlainDirectory(var path) ->
                    given.isPresent()
                            ? contradicts(intent, given.get())
                            : directory(intent, path)
                                    .then(filled ->
                                            Result.ok(new Attachment.Root.Directory(filled)));
        };
    }

    private Optional<String> given(VolumeIntent intent) {
        return Optional.ofNullable(accessPoints.get(intent.volume()));
    }

    /** Checked also where the access point is there: the tag must be one that works on AWS. */
    private Result<EfsPath> directory(VolumeIntent intent, PathTemplate path) {
        return path.fill(intent.field("path"), source.family(), intent.volume());
    }

    private static Result<Attachment.Root> made(VolumeIntent intent, Optional<String> id) {
        var option = "--access-point " + intent.volume();
        return id.<Result<Attachment.Root>>map(
                        found -> Result.ok(new Attachment.Root.Existing(found)))
                .orElseGet(() ->
                        Result.refused(
                                Refusal.invalid(
                                        intent.tag(),
                                        "only AWS can make its access point",
                                        "name the one that is there with %s=fsap-…, or look at the"
                                                        .formatted(option)
                                                + " revision without it with "
                                                + option
                                                + "=new")));
    }

    private static <T> Result<T> contradicts(VolumeIntent intent, String id) {
        return Result.refused(
                Refusal.conflict(
                        intent.field("access-point"),
                        "the tag says otherwise than --access-point " + id,
                        "leave one of the two out"));
    }

    /** Without what was said about another revision: this one is its author's own. */
    private Result<ObjectNode> tagged(ObjectNode definition) {
        var tags = new TreeMap<>(source.tags());
        tags.keySet().removeIf(key -> key.startsWith("aws:") || Revision.SAID.contains(key));
        if (tags.size() > MOST_TAGS) {
            return Result.refused(
                    Refusal.conflict(
                            "tags", "they are " + tags.size() + ", ECS takes 50", "name fewer"));
        }
        return Result.ok(tags.isEmpty() ? definition : Derivation.request(definition, tags));
    }
}
