package dev.efsautopilot.aws;

import java.util.Set;

/**
 * A container instance.
 *
 * @param arn the instance as ECS knows it
 * @param ec2InstanceId {@code i-…}; "" for an external one
 * @param attributes the names of its attributes, e.g. {@code ecs.capability.efsAuth}
 */
public record ContainerInstance(String arn, String ec2InstanceId, Set<String> attributes) {}
