package dev.efsautopilot.diagnosis;

import dev.efsautopilot.diagnosis.Finding.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** A diagnosis for people: one line a check, first the cause; what repairs it is below it. */
public final class DiagnosisText {

    private static final String RESET = "\u001b[0m";

    private DiagnosisText() {}

    /**
     * The lines.
     *
     * @param colour whether verdicts are coloured with ANSI sequences
     */
    public static String of(Diagnosis diagnosis, boolean colour) {
        var width =
                diagnosis.findings().stream()
                        .mapToInt(finding -> finding.check().word().length())
                        .max()
                        .orElse(0);
        return diagnosis.findings().stream()
                .flatMap(finding -> lines(finding, width, colour).stream())
                .collect(Collectors.joining("\n"));
    }

    private static List<String> lines(Finding finding, int width, boolean colour) {
        var check = finding.check().word();
        var line =
                verdict(finding.verdict(), colour)
                        + "  "
                        + check
                        + " ".repeat(width - check.length())
                        + "  "
                        + printable(finding.evidence());
        return finding.repair().isEmpty()
                ? List.of(line)
                : List.of(line, " ".repeat(width + 11) + "→ " + printable(finding.repair()));
    }

    private static String verdict(Verdict verdict, boolean colour) {
        var word =
                switch (verdict) {
                    case BROKEN -> "broken ";
                    case UNKNOWN -> "unknown";
                    case OK -> "ok     ";
                };
        var code =
                switch (verdict) {
                    case BROKEN -> "\u001b[1;31m";
                    case UNKNOWN -> "\u001b[33m";
                    case OK -> "\u001b[32m";
                };
        return colour ? code + word + RESET : word;
    }

    /** Names and reasons come from elsewhere: they must not steer a terminal or break a line. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\u2028\u2029]+", " ").strip();
    }
}
