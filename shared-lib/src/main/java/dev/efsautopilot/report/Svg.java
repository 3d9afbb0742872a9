package dev.efsautopilot.report;

/** What the pictures have in common. */
public final class Svg {

    /** As it should be. */
    public static final String GREEN = "#1a7f37";

    /** Broken. */
    public static final String RED = "#cf222e";

    /** Not known. */
    public static final String GREY = "#818b98";

    private Svg() {}

    /** A text as content or attribute; XML 1.0 has no control characters, not even escaped ones. */
    public static String escaped(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cs}\\uFFFE\\uFFFF]", "\uFFFD")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
