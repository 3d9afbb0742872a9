package dev.efsautopilot.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.FileSystemDescription;
import software.amazon.awssdk.services.efs.model.FileSystemNotFoundException;
import software.amazon.awssdk.services.efs.model.PolicyNotFoundException;

/** The file systems of the account and region, and who their policies let in. */
public final class EfsFileSystems {

    private final Supplier<EfsClient> client;

    EfsFileSystems(Supplier<EfsClient> client) {
        this.client = client;
    }

    /** The file system with this id. */
    public Optional<FileSystem> find(String id) {
        try {
            return client.get().describeFileSystems(r -> r.fileSystemId(id)).fileSystems().stream()
                    .findFirst()
                    .map(EfsFileSystems::fileSystem);
        } catch (FileSystemNotFoundException _) {
            return Optional.empty();
        }
    }

    /** Every file system. */
    public List<FileSystem> all() {
        return client.get().describeFileSystemsPaginator().fileSystems().stream()
                .map(EfsFileSystems::fileSystem)
                .toList();
    }

    /**
     * The policy of a file system ({@code DescribeFileSystemPolicy}); empty where it has none, and
     * the default is in effect, which allows whoever reaches it.
     */
    public Optional<JsonNode> policy(String fileSystemId) {
        try {
            return Optional.of(
                    Json.MAPPER.readTree(
                            client.get()
                                    .describeFileSystemPolicy(r -> r.fileSystemId(fileSystemId))
                                    .policy()));
        } catch (PolicyNotFoundException _) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the policy of " + fileSystemId + " is no JSON", e);
        }
    }

    private static FileSystem fileSystem(FileSystemDescription described) {
        return new FileSystem(
                described.fileSystemId(),
                described.fileSystemArn(),
                described.lifeCycleStateAsString(),
                Optional.ofNullable(described.availabilityZoneName()),
                Objects.requireNonNullElse(described.throughputModeAsString(), "bursting"),
                Efs.tags(described.tags()));
    }
}
