package dev.efsautopilot.rerun;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;
import java.util.Locale;
import java.util.Set;

/** Who sees to it that a stopped task is replaced. */
enum Owner {
    /** Nobody: it was started by {@code RunTask} and left alone. */
    NOBODY("nobody replaces it"),
    /** An Amazon ECS service. */
    SERVICE("its service's scheduler replaces it"),
    /** AWS Step Functions, whose state machine retries. */
    STEP_FUNCTIONS("its state machine decides what follows"),
    /** AWS Batch, whose job retries. */
    BATCH("AWS Batch decides what follows"),
    /** EventBridge Scheduler. */
    SCHEDULER("EventBridge Scheduler has retries of its own"),
    /** Another orchestrator, by its tags. */
    ORCHESTRATOR("its orchestrator decides what follows");

    /** Values of managed-by tags; tools that only deploy (Terraform, CDK) are none of them. */
    private static final Set<String> ORCHESTRATORS =
            Set.of(
                    "airflow",
                    "argo",
                    "dagster",
                    "flyte",
                    "luigi",
                    "metaflow",
                    "nextflow",
                    "prefect");

    private static final Set<String> MANAGED_BY =
            Set.of("managed-by", "managed_by", "managedby", "app.kubernetes.io/managed-by");

    private final String sentence;

    Owner(String sentence) {
        this.sentence = sentence;
    }

    /** Why we leave the task to it. */
    String sentence() {
        return sentence;
    }

    /** The owner of a task, by its group, its {@code startedBy}, its cluster and its tags. */
    static Owner of(Task task) {
        if (task.ofService()) {
            return SERVICE;
        }
        if (task.startedBy().equals("AWS Step Functions") || tagged(task, "aws:states:")) {
            return STEP_FUNCTIONS;
        }
        // Batch makes its own clusters and task definition families with this prefix.
        if (task.clusterArn().contains("/AWSBatch-") || tagged(task, "aws:batch:")) {
            return BATCH;
        }
        // What EventBridge Scheduler writes into startedBy of its RunTask targets.
        if (task.startedBy().startsWith("chronos-schedule/")) {
            return SCHEDULER;
        }
        return orchestrated(task) ? ORCHESTRATOR : NOBODY;
    }

    private static boolean tagged(Task task, String prefix) {
        return Json.list(task.json(), "tags").stream()
                .anyMatch(tag -> Json.text(tag, "key").startsWith(prefix));
    }

    private static boolean orchestrated(Task task) {
        return tagged(task, "prefect.io/")
                || tagged(task, "dagster/")
                || Json.list(task.json(), "tags").stream()
                        .anyMatch(tag ->
                                MANAGED_BY.contains(lower(Json.text(tag, "key")))
                                        && ORCHESTRATORS.contains(lower(Json.text(tag, "value"))));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
