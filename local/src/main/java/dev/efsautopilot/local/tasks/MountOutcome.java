package dev.efsautopilot.local.tasks;

/** How a mount ends. */
sealed interface MountOutcome {

    /** The volume is there. */
    record Mounted() implements MountOutcome {}

    /** Nothing answers yet: the mount is tried again until its time is over. */
    record Unanswered(String stderr, int code) implements MountOutcome {}

    /** The mount fails at once. */
    record Refused(String stderr, int code) implements MountOutcome {}
}
