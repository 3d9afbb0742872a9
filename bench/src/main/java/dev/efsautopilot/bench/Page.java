package dev.efsautopilot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code docs/performance.md}, where each table stands between the names of its command. */
final class Page {

    private Page() {}

    /**
     * Puts a table in the place of the one before.
     *
     * @param docs the page's folder
     * @param command what makes the table
     */
    static void put(Path docs, String command, String table) throws IOException {
        var page = docs.resolve("performance.md");
        var text = Files.readString(page);
        var first = "<!-- " + command + " -->";
        var last = "<!-- end of " + command + " -->";
        var begin = text.indexOf(first);
        var end = text.indexOf(last);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no lines " + first + " and " + last);
        }
        Files.writeString(
                page, text.substring(0, begin) + first + "\n" + table + text.substring(end));
    }

    /** A table's line in Markdown. */
    static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** A number as tables have it; "" where there is none. */
    static String number(double value, int decimals) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
