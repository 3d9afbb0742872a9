package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.diagnosis.Finding.Verdict;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a task can't mount its file systems, or that it can.
 *
 * @param findings what is broken first, and of that the cause first
 */
public record Diagnosis(List<Finding> findings) {

    /** The diagnosis that these facts give. */
    public static Diagnosis of(TaskFacts facts) {
        return sorted(findings(facts).stream());
    }

    /**
     * The diagnosis of several places where a task may run, and of what happened to earlier ones.
     *
     * @param stopped earlier tasks, of which each reason is told once
     */
    static Diagnosis of(List<TaskFacts> places, Fact<List<Task>> stopped) {
        var earlier =
                switch (stopped) {
                    case Fact.Unknown<List<Task>>(var why) ->
                            Stream.of(Finding.unknown(Check.STOP_REASON, why));
                    case Fact.Known<List<Task>>(var tasks) ->
                            tasks.stream()
                                    .flatMap(task ->
                                            StopCheck.of(task, places.getFirst().definition())
                                                    .stream());
                };
        return sorted(
                Stream.concat(places.stream().flatMap(one -> findings(one).stream()), earlier));
    }

    /** The diagnosis that {@link #toMap} gave, from its JSON. */
    public static Diagnosis parse(JsonNode json) {
        return new Diagnosis(
                Json.list(json, "findings").stream()
                        .map(finding ->
                                new Finding(
                                        Check.of(Json.text(finding, "check")),
                                        Verdict.valueOf(Json.text(finding, "verdict")),
                                        Json.text(finding, "evidence"),
                                        Json.text(finding, "repair")))
                        .toList());
    }

    private static List<Finding> findings(TaskFacts facts) {
        var findings = new ArrayList<Finding>();
        findings.addAll(DefinitionChecks.of(facts));
        for (var volume : facts.volumes()) {
            findings.addAll(StorageChecks.of(facts, volume));
            findings.addAll(NameChecks.of(facts));
            findings.add(MountTargetCheck.of(facts, volume));
            Way.of(facts, volume)
                    .ifPresent(way -> {
                        findings.addAll(DoorChecks.of(facts.network().doors(), way));
                        findings.addAll(SubnetChecks.of(facts.network(), way));
                    });
        }
        StopCheck.of(facts.task(), facts.definition()).ifPresent(findings::add);
        facts.volumes().forEach(volume -> findings.add(OptInCheck.of(volume, findings)));
        return findings;
    }

    private static Diagnosis sorted(Stream<Finding> findings) {
        return new Diagnosis(
                findings.distinct()
                        .sorted(
                                Comparator.comparing(Finding::verdict)
                                        .thenComparing(Finding::check))
                        .toList());
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
