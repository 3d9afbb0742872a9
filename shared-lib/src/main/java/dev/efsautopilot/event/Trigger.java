package dev.efsautopilot.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.task.Task;

/**
 * What woke a function. Events are hints: whoever handles one reads the real state before it acts.
 */
public sealed interface Trigger {

    /**
     * {@code ECS Task State Change}: delivered at least once, in any order.
     *
     * @param task the task as it was when the event was written
     * @param replayed whether somebody else than AWS sent it: nobody else can send as {@code aws.}
     */
    record TaskChanged(Task task, boolean replayed) implements Trigger {}

    /**
     * {@code ECS Container Instance State Change}.
     *
     * @param clusterArn the instance's cluster
     * @param containerInstanceArn the instance as ECS knows it
     * @param status e.g. {@code ACTIVE} or {@code DRAINING}
     */
    record InstanceChanged(String clusterArn, String containerInstanceArn, String status)
            implements Trigger {}

    /** {@code AWS API Call via CloudTrail}. */
    record ApiCalled(ApiCall call) implements Trigger {}

    /**
     * An event of our own, from the bus or from a one-off schedule.
     *
     * @param detailType e.g. {@code Access Point Requested}
     * @param id the event's id, which answers carry as {@code correlationId} where the detail names
     *     none
     * @param detail what is asked
     */
    record Requested(String detailType, String id, JsonNode detail) implements Trigger {}

    /**
     * A call by hand: HTTP, or a direct invoke.
     *
     * @param request the body with the path's and the query's parameters put over it
     * @param dryRun whether only the plan is wanted
     */
    record Asked(JsonNode request, boolean dryRun) implements Trigger {}

    /** The recurring schedule. */
    record Scheduled() implements Trigger {}

    /**
     * Nothing that this software knows.
     *
     * @param why what was looked for and not found
     */
    record Unrecognised(String why) implements Trigger {}
}
