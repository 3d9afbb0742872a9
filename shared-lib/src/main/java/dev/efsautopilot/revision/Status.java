package dev.efsautopilot.revision;

import dev.efsautopilot.plan.Refusal;
import org.jspecify.annotations.Nullable;

/** The text of the tag {@code efs-autopilot/status}. */
final class Status {

    private static final int LONGEST = 256;

    private static final String LEFT = " - a service that went back to this revision is left here";

    private static final String ROLE = " - task role ";

    private Status() {}

    /**
     * The volumes are in this revision.
     *
     * @param left whether a service went back from it to the source, and is left there
     */
    static String ready(String revision, boolean left) {
        return "ready " + revision + (left ? LEFT : "");
    }

    /**
     * Whether a status says this; what it said before of services stays said, and what it says of
     * the role is told apart from it.
     */
    static boolean isReady(@Nullable String status, String revision, boolean left) {
        var told = status == null ? "" : withRole(status, "");
        return ready(revision, true).equals(told) || (!left && ready(revision, false).equals(told));
    }

    /**
     * A status that also says this of the role.
     *
     * @param role what the role lacks; "" for nothing
     */
    static String withRole(String status, String role) {
        var end = status.indexOf(ROLE);
        var told = end < 0 ? status : status.substring(0, end);
        return role.isEmpty() ? told : shortened(told + ROLE + role);
    }

    /** Why there are none, in the characters that a tag's value can hold. */
    static String refused(Refusal refusal) {
        var text =
                ("refused " + refusal.sentence())
                        .replace("; ", " - ")
                        .replaceAll("[^\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]", " ")
                        .replaceAll("\\p{Z}+", " ")
                        .strip();
        return shortened(text);
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end).strip();
    }
}
