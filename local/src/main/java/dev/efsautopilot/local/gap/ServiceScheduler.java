package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.tasks.ServiceTasks;
import java.util.Set;

/**
 * The tasks of a service live as others do, and the service counts them, as runningCount, "The
 * number of tasks in the cluster that are in the RUNNING state.", and pendingCount, "The number of
 * tasks in the cluster that are in the PENDING state." (Amazon ECS API Reference, Service)
 */
public final class ServiceScheduler implements Gap {
    private static final Set<String> CHANGES =
            Set.of("CreateService", "UpdateService", "DeleteService");

    private final ServiceTasks services;

    public ServiceScheduler(ServiceTasks services) {
        this.services = services;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        var response = next.pass(call);
        if (!call.service().equals("ecs") || !response.ok()) {
            return response;
        }
        if (CHANGES.contains(call.operation())) {
            var service = response.document().path("service");
            services.follow(
                    service.path("clusterArn").asText(), service.path("serviceName").asText());
            return counted(response);
        }
        return call.operation().equals("DescribeServices") ? counted(response) : response;
    }

    private Response counted(Response response) {
        var answer = Json.copy(response.document());
        count(answer.path("service"));
        answer.path("services").forEach(this::count);
        return Response.json(response.status(), answer);
    }

    private void count(JsonNode service) {
        count(service, service, "");
        service.path("deployments")
                .forEach(deployment -> count(deployment, service, deployment.path("id").asText()));
    }

    private void count(JsonNode target, JsonNode service, String deployment) {
        if (target instanceof ObjectNode object) {
            var cluster = service.path("clusterArn").asText();
            var name = service.path("serviceName").asText();
            object.put("runningCount", services.count(cluster, name, deployment, true))
                    .put("pendingCount", services.count(cluster, name, deployment, false));
        }
    }
}
