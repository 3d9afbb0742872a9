package dev.efsautopilot.rerun;

/**
 * A stopped task that is to be seen to.
 *
 * @param stopped the task
 * @param policy what holds for it
 * @param root the ARN of the task that its lineage began with
 * @param byHand whether a person asked, and waits for an answer
 */
record Job(Case stopped, RerunPolicy policy, String root, boolean byHand) {

    String arn() {
        return stopped.task().arn();
    }
}
