package dev.efsautopilot.diagnosis;

import dev.efsautopilot.diagnosis.Finding.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The path from a task to its file system as an SVG, each hop green, red, or grey for unknown. */
public final class DiagnosisPicture {

    private static final int WIDTH = 900;
    private static final int TOP = 84;
    private static final int LINE = 18;
    private static final int COLUMNS = 92;
    private static final String LONG = "\\S{" + COLUMNS + "}";

    private static final List<Hop> HOPS =
            List.of(
                    new Hop(
                            "Task",
                            Check.VOLUMES,
                            Check.PLATFORM,
                            Check.EXECUTION_ROLE,
                            Check.VOLUME_FLAGS,
                            Check.INSTANCE_CAPABILITY),
                    new Hop("Name of the file system", Check.VPC_DNS, Check.RESOLVER),
                    new Hop("Security groups of the task", Check.SECURITY_GROUPS_OUT),
                    new Hop("Between the subnets", Check.NETWORK_ACLS, Check.ROUTES),
                    new Hop("Security groups of the mount target", Check.SECURITY_GROUPS_IN),
                    new Hop("Mount target", Check.MOUNT_TARGET),
                    new Hop("Policy and task role", Check.PERMISSIONS),
                    new Hop("File system", Check.FILE_SYSTEM, Check.THROUGHPUT),
                    new Hop("Access point", Check.ACCESS_POINT),
                    new Hop("Directory", Check.DIRECTORY_OWNER),
                    new Hop("What happened to the task", Check.STOP_REASON));

    /** What is passed on the way, and the checks that are about it. */
    private record Hop(String title, List<Check> checks) {

        private Hop(String title, Check... checks) {
            this(title, List.of(checks));
        }

        /** What decides its colour; empty where nothing about it was checked. */
        private Optional<Finding> worst(Diagnosis diagnosis) {
            return diagnosis.findings().stream()
                    .filter(finding -> checks.contains(finding.check()))
                    .min(Comparator.comparing(Finding::verdict).thenComparing(Finding::check));
        }
    }

    private DiagnosisPicture() {}

    /**
     * The picture.
     *
     * @param subject whom it is about, e.g. a task's ARN
     */
    public static String of(String subject, Diagnosis diagnosis) {
        var hops = new StringBuilder();
        var y = TOP;
        var above = Optional.<Integer>empty();
        for (var hop : HOPS) {
            var worst = hop.worst(diagnosis);
            if (worst.isPresent()) {
                var finding = worst.get();
                var from = y;
                above.ifPresent(last -> hops.append(track(last, from, finding.verdict())));
                hops.append(hop(hop.title, finding, y));
                above = Optional.of(y);
                y += 46 + LINE * (lines(finding).size() - 1);
            }
        }
        return frame(subject, diagnosis, hops.toString(), y - LINE / 2);
    }

    private static String frame(String subject, Diagnosis diagnosis, String hops, int height) {
        var cause =
                diagnosis.cause().map(one -> "broken: " + one.check().word()).orElse("all is open");
        return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
        role="img" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="13">
        <title>%3$s: %4$s</title>
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        <text x="24" y="30" font-size="16" font-weight="600" fill="#1f2328">%3$s</text>
        <text x="24" y="52" fill="%5$s">%4$s</text>
        %6$s</svg>
        """
                .formatted(
                        WIDTH,
                        height,
                        escaped(shortened(subject)),
                        escaped(cause),
                        colour(diagnosis.cause().map(Finding::verdict).orElse(Verdict.OK)),
                        hops);
    }

    /** The way to a hop has the hop's colour. */
    private static String track(int from, int to, Verdict verdict) {
        return "<path d=\"M36 %d V%d\" stroke=\"%s\" stroke-width=\"3\"%s/>\n"
                .formatted(
                        from + 12,
                        to - 12,
                        colour(verdict),
                        verdict == Verdict.OK ? "" : " stroke-dasharray=\"4 4\"");
    }

    private static String hop(String title, Finding finding, int y) {
        var text = new StringBuilder();
        text.append(
                "<circle cx=\"36\" cy=\"%d\" r=\"11\" fill=\"%s\"/>\n%s\n"
                        .formatted(y, colour(finding.verdict()), sign(finding.verdict(), y)));
        text.append(
                "<text x=\"62\" y=\"%d\" font-weight=\"600\" fill=\"#1f2328\">%s</text>\n"
                        .formatted(y - 2, escaped(title)));
        var line = y + LINE - 2;
        for (var words : lines(finding)) {
            text.append(
                    "<text x=\"62\" y=\"%d\" fill=\"#59636e\">%s</text>\n"
                            .formatted(line, escaped(words)));
            line += LINE;
        }
        return text.toString();
    }

    /** Not by colour alone: a tick, a cross, a bar. */
    private static String sign(Verdict verdict, int y) {
        var shape =
                switch (verdict) {
                    case OK -> "M31 %1$d l4 4 l7 -8";
                    case BROKEN -> "M32 %1$d m0 -4 l8 8 m0 -8 l-8 8";
                    case UNKNOWN -> "M31 %1$d h10";
                };
        return "<path d=\"%s\" stroke=\"#ffffff\" stroke-width=\"2.5\" fill=\"none\"/>"
                .formatted(shape.formatted(y));
    }

    private static List<String> lines(Finding finding) {
        var lines = new ArrayList<>(wrapped(finding.evidence()));
        if (!finding.repair().isEmpty()) {
            lines.addAll(wrapped("→ " + finding.repair()));
        }
        return lines;
    }

    private static List<String> wrapped(String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.strip().replaceAll(LONG, "$0 ").split("\\s+", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String shortened(String text) {
        return text.length() <= COLUMNS ? text : "…" + text.substring(text.length() - COLUMNS);
    }

    private static String colour(Verdict verdict) {
        return switch (verdict) {
            case OK -> "#1a7f37";
            case BROKEN -> "#cf222e";
            case UNKNOWN -> "#818b98";
        };
    }

    /** XML 1.0 has no control characters, not even escaped ones. */
    private static String escaped(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cs}\\uFFFE\\uFFFF]", "\uFFFD")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
