package dev.efsautopilot.revision;

import dev.efsautopilot.plan.Refusal;
import org.jspecify.annotations.Nullable;

/** The text of the tag {@code efs-autopilot/status}. */
final class Status {

    private static final int LONGEST = 256;

    private static final String LEFT = " - a service that went back to this revision is left here";

    private Status() {}

    /**
     * The volumes are in this revision.
     *
     * @param left whether a service went back from it to the source, and is left there
     */
    static String ready(String revision, boolean left) {
        return "ready " + revision + (left ? LEFT : "");
    }

    /** Whether a status says this; what it said before of services stays said. */
    static boolean isReady(@Nullable String status, String revision, boolean left) {
        return ready(revision, true).equals(status)
                || (!left && ready(revision, false).equals(status));
    }

    /** Why there are none, in the characters that a tag's value can hold. */
    static String refused(Refusal refusal) {
        var text =
                ("refused " + refusal.sentence())
                        .replace("; ", " - ")
                        .replaceAll("[^\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]", " ")
                        .replaceAll("\\p{Z}+", " ")
                        .strip();
        if (text.length() <= LONGEST) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end).strip();
    }
}
