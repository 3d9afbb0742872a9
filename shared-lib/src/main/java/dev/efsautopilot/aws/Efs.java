package dev.efsautopilot.aws;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.Tag;

/** Amazon EFS: its parts, through the same client. Each is made for whoever asks for it. */
public final class Efs {

    private final Supplier<EfsClient> client;

    Efs(Supplier<EfsClient> client) {
        this.client = client;
    }

    /** File systems and their policies. */
    public EfsFileSystems fileSystems() {
        return new EfsFileSystems(client);
    }

    /** Access points. */
    public EfsAccessPoints accessPoints() {
        return new EfsAccessPoints(client);
    }

    /** Makes access points. */
    public NewAccessPoints newAccessPoints() {
        return new NewAccessPoints(client);
    }

    /** Mount targets and their security groups. */
    public MountTargets mountTargets() {
        return new MountTargets(client);
    }

    static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(Collectors.toUnmodifiableMap(Tag::key, Tag::value));
    }
}
