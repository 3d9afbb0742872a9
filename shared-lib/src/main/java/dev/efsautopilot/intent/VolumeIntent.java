package dev.efsautopilot.intent;

import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One volume that a task definition's tag asks for.
 *
 * @param volume its name
 * @param fileSystem the file system
 * @param mounts where it is mounted; none where the mount points of the definition name it
 * @param backing what of the file system it shows
 * @param iam whether it is mounted with the task role
 */
public record VolumeIntent(
        String volume,
        FileSystemName fileSystem,
        List<MountIntent> mounts,
        Backing backing,
        Iam iam) {

    /** The key of the tag, up to the volume's name. */
    public static final String TAG_PREFIX = "efs-autopilot/volume/";

    /** ECS's names of volumes, containers and families. */
    static final String NAME = "[A-Za-z0-9_-]{1,255}";

    /** Whether a volume is mounted with the task role. */
    public enum Iam {
        /** It is; a definition without a task role is refused. */
        ON,
        /** It is not. */
        OFF,
        /** It is where the definition has a task role. */
        WITH_TASK_ROLE
    }

    /** Keeps a copy of the mounts. */
    public VolumeIntent {
        mounts = List.copyOf(mounts);
    }

    /** Whether a tag of this key asks for a volume. */
    public static boolean isTag(String key) {
        return key.startsWith(TAG_PREFIX);
    }

    /** The volumes that these tags ask for, by name; none where no tag asks for one. */
    public static Result<List<VolumeIntent>> all(Map<String, String> tags) {
        return Result.all(
                new TreeMap<>(tags)
                        .entrySet().stream()
                                .filter(tag -> isTag(tag.getKey()))
                                .map(tag -> parse(tag.getKey(), tag.getValue()))
                                .toList());
    }

    /** The volume that this tag asks for. */
    public static Result<VolumeIntent> parse(String key, String value) {
        var volume = key.substring(TAG_PREFIX.length());
        if (!volume.matches(NAME)) {
            return Result.refused(
                    Refusal.invalid(
                            key,
                            "'" + volume + "' is no name for a volume",
                            "use letters, digits, - and _"));
        }
        return VolumeWords.parse(key, value).then(words -> words.intent(volume));
    }

    /** The key of its tag. */
    public String tag() {
        return TAG_PREFIX + volume;
    }

    /** What a refusal about one of its words is about. */
    public String field(String word) {
        return tag() + ": " + word;
    }
}
