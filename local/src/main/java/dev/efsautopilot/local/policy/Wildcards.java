package dev.efsautopilot.local.policy;

/** The {@code *} and {@code ?} of policies. */
final class Wildcards {

    private static final int ARN_PARTS = 6;

    private Wildcards() {}

    /** Whether a text is what a pattern says: {@code *} is any characters, {@code ?} any one. */
    static boolean match(String pattern, String text) {
        int at = 0;
        int from = 0;
        int star = -1;
        int retry = 0;
        while (from < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                retry = from;
            } else if (at < pattern.length()
                    && (pattern.charAt(at) == '?' || pattern.charAt(at) == text.charAt(from))) {
                at++;
                from++;
            } else if (star >= 0) {
                at = star + 1;
                from = ++retry;
            } else {
                return false;
            }
        }
        return pattern.substring(at).chars().allMatch(left -> left == '*');
    }

    /** {@code ArnLike}: each of an ARN's six parts by itself, so that no {@code *} reaches over. */
    static boolean matchArn(String pattern, String arn) {
        var patterns = pattern.split(":", ARN_PARTS);
        var parts = arn.split(":", ARN_PARTS);
        if (patterns.length != parts.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!match(patterns[i], parts[i])) {
                return false;
            }
        }
        return true;
    }
}
