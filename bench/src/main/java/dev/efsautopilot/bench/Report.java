package dev.efsautopilot.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.bench.Subject.Flavour;
import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What was measured, as a table, as JSON and as a chart. */
final class Report {

    private final Map<Subject, Measured> measured;
    private final int rounds;
    private final int events;

    Report(Map<Subject, Measured> measured, int rounds, int events) {
        this.measured = measured;
        this.rounds = rounds;
        this.events = events;
    }

    /** A table in Markdown, which a terminal shows as well. */
    String table() {
        var table = new StringBuilder();
        table.append(
                "Medians of %d starts, %d warm events each; milliseconds. In brackets: before the snapshot.%n%n"
                        .formatted(rounds, events));
        row(
                table,
                List.of(
                        "function",
                        "flavour",
                        "init",
                        "÷ bare",
                        "first event",
                        "warm p50",
                        "p99",
                        "first ÷ p50",
                        "CPU/event",
                        "peak MB",
                        "zip MB",
                        "AWS calls"));
        table.append("| --- | --- |").append(" ---: |".repeat(10)).append('\n');
        measured.forEach((subject, it) -> row(table, cells(subject, it)));
        table.append('\n');
        bounds().forEach(line -> table.append("- ").append(line).append('\n'));
        return table.toString();
    }

    private List<String> cells(Subject subject, Measured it) {
        var snapshot = subject.flavour().snapshot();
        return List.of(
                subject.function(),
                subject.flavour().words(),
                snapshot
                        ? "(" + number(it.init().median(), 0) + ")"
                        : number(it.init().median(), 0),
                snapshot ? "" : number(it.init().median() / bareInit(), 2),
                number(it.first().median(), 1),
                number(it.warm().median(), 1),
                number(it.warm().percentile(99), 1),
                number(it.firstToWarm(), 1),
                number(it.cpu().median(), 1),
                number(it.peak().median(), 0),
                number(subject.zipBytes() / 1e6, 1),
                number(it.calls().median(), 0));
    }

    /** Each bound, the worst function and whether it holds. */
    List<String> bounds() {
        return List.of(
                bound(
                        "init of a function ÷ init of bare Java",
                        2.5,
                        Flavour.ON_DEMAND,
                        this::toBare),
                bound("init ÷ Python's init and first event", 1, Flavour.ON_DEMAND, this::toPython),
                bound(
                        "first event after a snapshot ÷ warm p50",
                        3,
                        Flavour.SNAP_START,
                        subject -> at(subject).firstToWarm()),
                bound(
                        "init with an AOT cache ÷ init of bare Java without",
                        1,
                        Flavour.AOT,
                        this::toBare));
    }

    private String bound(
            String what, double most, Flavour flavour, ToDoubleFunction<Subject> ratio) {
        return measured.keySet().stream()
                .filter(subject -> subject.flavour() == flavour)
                .max(Comparator.comparingDouble(ratio))
                .map(worst ->
                        "%s: at most %s, %s (%s)"
                                .formatted(
                                        what,
                                        number(most, 1),
                                        number(ratio.applyAsDouble(worst), 2)
                                                + (ratio.applyAsDouble(worst) <= most
                                                        ? ", holds"
                                                        : ", DOES NOT HOLD"),
                                        worst.function()))
                .orElse(what + ": not measured");
    }

    private Measured at(Subject subject) {
        return Optional.ofNullable(measured.get(subject)).orElseGet(Measured::nothing);
    }

    private double toBare(Subject subject) {
        return at(subject).init().median() / bareInit();
    }

    private double toPython(Subject subject) {
        return of(subject.function(), Flavour.PYTHON)
                .map(peer ->
                        at(subject).init().median()
                                / (peer.init().median() + peer.first().median()))
                .orElse(Double.NaN);
    }

    private double bareInit() {
        return of("bare", Flavour.BARE).map(it -> it.init().median()).orElse(Double.NaN);
    }

    private Optional<Measured> of(String function, Flavour flavour) {
        return measured.entrySet().stream()
                .filter(it ->
                        it.getKey().function().equals(function) && it.getKey().flavour() == flavour)
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Writes {@code performance.json} and {@code performance.svg}, and the table into the page. */
    void write(Path docs) throws IOException {
        Files.writeString(docs.resolve("performance.json"), json() + "\n");
        Files.writeString(docs.resolve("performance.svg"), new Chart(measured).svg());
        Page.put(docs, "./autopilot bench", table());
    }

    private String json() {
        var all = Json.MAPPER.createObjectNode().put("rounds", rounds).put("events", events);
        var subjects = all.putArray("subjects");
        measured.forEach((subject, it) -> subjects.add(json(subject, it)));
        bounds().forEach(all.withArray("/bounds")::add);
        return all.toPrettyString();
    }

    private static ObjectNode json(Subject subject, Measured it) {
        var json =
                Json.MAPPER
                        .createObjectNode()
                        .put("function", subject.function())
                        .put("flavour", subject.flavour().words())
                        .put("initMs", round(it.init().median()))
                        .put("firstEventMs", round(it.first().median()))
                        .put("warmP50Ms", round(it.warm().median()))
                        .put("warmP99Ms", round(it.warm().percentile(99)))
                        .put("cpuMsPerEvent", round(it.cpu().median()))
                        .put("peakMb", round(it.peak().median()))
                        .put("zipBytes", subject.zipBytes())
                        .put("awsCallsPerEvent", round(it.calls().median()));
        it.operations().forEach(json.putArray("awsCalls")::add);
        return json;
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static void row(StringBuilder table, List<String> cells) {
        table.append(Page.row(cells));
    }

    private static String number(double value, int decimals) {
        return Page.number(value, decimals);
    }
}
