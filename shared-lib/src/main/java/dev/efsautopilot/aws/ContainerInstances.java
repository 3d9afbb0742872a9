package dev.efsautopilot.aws;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;

/** The instances that tasks run on, as ECS knows them. */
public final class ContainerInstances {

    private final Supplier<EcsClient> client;

    ContainerInstances(Supplier<EcsClient> client) {
        this.client = client;
    }

    /** The EC2 instance behind a container instance and what its agent can do. */
    public Optional<ContainerInstance> find(String cluster, String arn) {
        return client
                .get()
                .describeContainerInstances(r -> r.cluster(cluster).containerInstances(arn))
                .containerInstances()
                .stream()
                .findFirst()
                .map(found ->
                        new ContainerInstance(
                                found.containerInstanceArn(),
                                Objects.requireNonNullElse(found.ec2InstanceId(), ""),
                                found.attributes().stream()
                                        .map(Attribute::name)
                                        .collect(Collectors.toUnmodifiableSet())));
    }
}
