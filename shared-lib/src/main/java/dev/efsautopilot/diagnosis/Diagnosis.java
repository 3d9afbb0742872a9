package dev.efsautopilot.diagnosis;

import dev.efsautopilot.diagnosis.Finding.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a task can't mount its file systems, or that it can.
 *
 * @param findings what is broken first, and of that the cause first
 */
public record Diagnosis(List<Finding> findings) {

    /** The diagnosis that these facts give. */
    public static Diagnosis of(TaskFacts facts) {
        var findings = new ArrayList<Finding>();
        findings.addAll(DefinitionChecks.of(facts));
        for (var volume : facts.volumes()) {
            findings.addAll(StorageChecks.of(facts, volume));
            findings.addAll(NetworkChecks.of(facts, volume));
        }
        StopCheck.of(facts).ifPresent(findings::add);
        facts.volumes().forEach(volume -> findings.add(OptInCheck.of(volume, findings)));
        var sorted =
                findings.stream()
                        .distinct()
                        .sorted(
                                Comparator.comparing(Finding::verdict)
                                        .thenComparing(Finding::check))
                        .toList();
        return new Diagnosis(sorted);
    }

    /** The first thing that is broken; empty where nothing is. */
    public Optional<Finding> cause() {
        return findings.stream().filter(finding -> finding.verdict() == Verdict.BROKEN).findFirst();
    }

    /** The diagnosis as a caller gets it: {@code cause} is "" where nothing is broken. */
    public Map<String, ?> toMap() {
        return Map.of(
                "cause",
                cause().map(one -> one.check().word() + ": " + one.evidence()).orElse(""),
                "findings",
                findings.stream().map(Diagnosis::toMap).toList());
    }

    private static Map<String, String> toMap(Finding finding) {
        return Map.of(
                "check", finding.check().word(),
                "verdict", finding.verdict().name(),
                "evidence", finding.evidence(),
                "repair", finding.repair());
    }
}
