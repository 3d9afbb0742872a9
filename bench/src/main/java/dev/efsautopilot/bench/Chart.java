package dev.efsautopilot.bench;

import java.util.Locale;
import java.util.Map;

/** How long a caller waits for a new environment, one bar a subject: init, then the first event. */
final class Chart {

    private static final int LEFT = 230;
    private static final int WIDTH = 760;
    private static final int BAR = 14;
    private static final int GAP = 4;
    private static final int TOP = 48;

    private final Map<Subject, Measured> measured;

    Chart(Map<Subject, Measured> measured) {
        this.measured = measured;
    }

    String svg() {
        var longest = measured.entrySet().stream().mapToDouble(Chart::wait).max().orElse(1);
        var scale = (WIDTH - LEFT - 90) / longest;
        var height = TOP + measured.size() * (BAR + GAP) + 10;
        var svg = new StringBuilder();
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" font-family="sans-serif" font-size="11">
                <rect width="%1$d" height="%2$d" fill="#ffffff"/>
                <text x="10" y="18" font-size="14">A new environment's first event: what the caller waits for, ms</text>
                <rect x="10" y="27" width="10" height="10" fill="#8da0cb"/><text x="24" y="36">init (with SnapStart it is before the snapshot, and nobody waits)</text>
                <rect x="400" y="27" width="10" height="10" fill="#fc8d62"/><text x="414" y="36">first event</text>
                """
                        .formatted(WIDTH, height));
        var y = TOP;
        for (var entry : measured.entrySet()) {
            bar(svg, entry, y, scale);
            y += BAR + GAP;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void bar(
            StringBuilder svg, Map.Entry<Subject, Measured> entry, int y, double scale) {
        var init = waited(entry) * scale;
        var first = entry.getValue().first().median() * scale;
        svg.append(
                String.format(
                        Locale.ROOT,
                        """
                        <text x="10" y="%1$d">%2$s</text>
                        <rect x="%3$d" y="%4$d" width="%5$.1f" height="%6$d" fill="#8da0cb"/>
                        <rect x="%7$.1f" y="%4$d" width="%8$.1f" height="%6$d" fill="#fc8d62"/>
                        <text x="%9$.1f" y="%1$d">%10$.0f</text>
                        """,
                        y + 11,
                        entry.getKey().name(),
                        LEFT,
                        y,
                        init,
                        BAR,
                        LEFT + init,
                        first,
                        LEFT + init + first + 5,
                        wait(entry)));
    }

    private static double wait(Map.Entry<Subject, Measured> entry) {
        return waited(entry) + entry.getValue().first().median();
    }

    private static double waited(Map.Entry<Subject, Measured> entry) {
        return entry.getKey().flavour().snapshot() ? 0 : entry.getValue().init().median();
    }
}
