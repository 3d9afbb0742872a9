package dev.efsautopilot.revision;

import dev.efsautopilot.plan.Refusal;

/** The text of the tag {@code efs-autopilot/status}. */
final class Status {

    private static final int LONGEST = 256;

    private Status() {}

    /**
     * The volumes are in this revision.
     *
     * @param left how many services went back from it to the source, and are left there
     */
    static String ready(String revision, int left) {
        var ready = "ready " + revision;
        return left == 0
                ? ready
                : ready + " - services that went back to this one and are left here: " + left;
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
