package dev.efsautopilot.local.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The network interface of one task.
 *
 * <p>awsvpc: "The task is allocated its own elastic network interface (ENI) and a primary private
 * IPv4 or IPv6 address." (Amazon ECS Developer Guide, Task networking options for EC2). Only tasks
 * in that mode have one.
 */
final class TaskNetwork {
    private final NetworkInterfaces interfaces;
    private final Launch launch;
    private final String region;
    private final String account;
    private Optional<NetworkInterface> attached = Optional.empty();

    TaskNetwork(NetworkInterfaces interfaces, Launch launch, String region, String account) {
        this.interfaces = interfaces;
        this.launch = launch;
        this.region = region;
        this.account = account;
    }

    /** What the task mounts through: its own network interface while it lives, or its host's. */
    synchronized Optional<NetworkInterface> current() {
        return attached.or(launch::host);
    }

    synchronized void attach(ObjectNode document) {
        launch.subnet()
                .ifPresent(subnet -> {
                    var id = document.at("/attachments/0/id").asText();
                    var made = interfaces.create(subnet, launch.groups(), description(id));
                    TaskDocument.attach(document, made, region);
                    attached = Optional.of(made);
                });
    }

    synchronized void detach() {
        attached.ifPresent(interfaces::delete);
        attached = Optional.empty();
    }

    private String description(String attachmentId) {
        return "arn:aws:ecs:%s:%s:attachment/%s".formatted(region, account, attachmentId);
    }
}
