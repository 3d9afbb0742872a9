package dev.efsautopilot.local.gap;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * ClusterNotFoundException: "The specified cluster wasn't found. You can view your available
 * clusters with ListClusters. Amazon ECS clusters are Region specific." (Amazon ECS API Reference,
 * errors of ListTasks and others). MiniStack has no tasks and services in a cluster that it does
 * not know, and its RunTask makes the cluster.
 */
public final class MissingCluster implements Gap {
    private static final Set<String> IN_A_CLUSTER =
            Set.of(
                    "CreateService",
                    "DescribeServices",
                    "DescribeTasks",
                    "ListServices",
                    "ListTasks",
                    "RunTask",
                    "StopTask",
                    "UpdateService");

    private final Upstream upstream;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    public MissingCluster(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        if (!call.service().equals("ecs")) {
            return next.pass(call);
        }
        var cluster = call.parameters().path("cluster").asText("default").replaceAll(".*/", "");
        if (call.operation().equals("CreateCluster")) {
            return made(next.pass(call));
        }
        if (call.operation().equals("DeleteCluster")) {
            known.remove(cluster);
        }
        return !IN_A_CLUSTER.contains(call.operation()) || isThere(cluster)
                ? next.pass(call)
                : Response.jsonError("ClusterNotFoundException", "Cluster not found.");
    }

    private Response made(Response response) {
        if (response.ok()) {
            known.add(response.document().at("/cluster/clusterName").asText());
        }
        return response;
    }

    /** MiniStack may fail to count what changes meanwhile: that says nothing of the cluster. */
    private boolean isThere(String cluster) {
        if (known.contains(cluster)) {
            return true;
        }
        var describe = Json.object();
        describe.putArray("clusters").add(cluster);
        var answer = upstream.ecs("DescribeClusters", describe);
        if (!answer.ok()) {
            return true;
        }
        return answer.document().path("failures").isEmpty() && known.add(cluster);
    }
}
