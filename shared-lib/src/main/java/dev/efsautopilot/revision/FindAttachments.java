package dev.efsautopilot.revision;

import dev.efsautopilot.aws.EfsAccessPoints;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.intent.Backing;
import dev.efsautopilot.intent.EfsPath;
import dev.efsautopilot.intent.Owner;
import dev.efsautopilot.intent.PathTemplate;
import dev.efsautopilot.intent.VolumeIntent;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.storage.AccessPointWish;
import dev.efsautopilot.storage.Admission;
import dev.efsautopilot.storage.Adoption;
import dev.efsautopilot.storage.FileSystems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what the volumes of a revision need to be decided: each file system, whether its owner
 * allows it, and the access points that are there.
 *
 * @param accessPoints where they are read
 * @param fileSystems how file systems are named
 * @param s3Files what of S3 Files is allowed
 * @param stack the stack's name
 */
record FindAttachments(
        EfsAccessPoints accessPoints, FileSystems fileSystems, S3FilesOptIn s3Files, String stack) {

    /** The volumes that the source's tags ask for, by name. */
    Result<List<Attachment>> of(Revision source, Optional<Revision> derived) {
        return VolumeIntent.all(source.tags())
                .then(intents ->
                        Result.all(
                                intents.stream()
                                        .map(intent -> find(source, derived, intent))
                                        .toList()));
    }

    private Result<Attachment> find(
            Revision source, Optional<Revision> derived, VolumeIntent intent) {
        return switch (intent.backing()) {
            case Backing.Efs backing -> efs(source, derived, intent, backing);
            case Backing.S3Files wanted -> s3Files.admit(source, intent, wanted);
        };
    }

    private Result<Attachment> efs(
            Revision source, Optional<Revision> derived, VolumeIntent intent, Backing.Efs backing) {
        return fileSystems
                .find(intent.field("fs"), intent.fileSystem())
                .then(fileSystem ->
                        root(source, derived, intent, backing, fileSystem)
                                .then(root ->
                                        Result.ok(new Attachment(intent, fileSystem.id(), root))));
    }

    private Result<Attachment.Root> root(
            Revision source,
            Optional<Revision> derived,
            VolumeIntent intent,
            Backing.Efs backing,
            FileSystem fileSystem) {
        return switch (backing) {
            case Backing.NewAccessPoint(var path, var owner) ->
                    admitted(source, intent, fileSystem, path)
                            .then(admitted ->
                                    Result.ok(
                                            made(
                                                    wish(
                                                            source,
                                                            intent,
                                                            fileSystem,
                                                            admitted,
                                                            owner),
                                                    source,
                                                    derived)));
            case Backing.GivenAccessPoint(var id) ->
                    new Adoption(accessPoints)
                            .of(intent.field("access-point"), fileSystem, id)
                            .then(found -> Result.ok(new Attachment.Root.Existing(found.id())));
            case Backing.PlainDirectory(var path) ->
                    admitted(source, intent, fileSystem, path)
                            .then(admitted -> Result.ok(new Attachment.Root.Directory(admitted)));
        };
    }

    private static Result<EfsPath> admitted(
            Revision source, VolumeIntent intent, FileSystem fileSystem, PathTemplate path) {
        var field = intent.field("path");
        return path.fill(field, source.family(), intent.volume())
                .then(filled -> Admission.admit(fileSystem, field, filled));
    }

    private AccessPointWish wish(
            Revision source,
            VolumeIntent intent,
            FileSystem fileSystem,
            EfsPath path,
            Owner owner) {
        return new AccessPointWish(
                fileSystem.id(), path, owner, stack, source.family(), intent.volume());
    }

    /** The access point that the source or its derived revision mounts, where it is as wished. */
    private Attachment.Root made(
            AccessPointWish wish, Revision source, Optional<Revision> derived) {
        return Stream.concat(Stream.of(source), derived.stream())
                .flatMap(revision -> revision.accessPoint(wish.volume()).stream())
                .distinct()
                .flatMap(id -> accessPoints.find(id).stream())
                .filter(wish::isMetBy)
                .<Attachment.Root>map(found -> new Attachment.Root.Existing(found.id()))
                .findFirst()
                .orElseGet(() -> new Attachment.Root.Wished(wish));
    }
}
