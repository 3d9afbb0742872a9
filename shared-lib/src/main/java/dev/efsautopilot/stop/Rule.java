package dev.efsautopilot.stop;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of a table of causes.
 *
 * @param cause what it means
 * @param fragments texts that must all be there, in lower case
 */
record Rule(StopCause cause, List<String> fragments) {

    /** A row: these fragments, all of them, in any case and order, mean this cause. */
    static Rule of(StopCause cause, String... fragments) {
        return new Rule(
                cause,
                List.of(fragments).stream().map(text -> text.toLowerCase(Locale.ROOT)).toList());
    }

    /** The cause of the first row that fits. */
    static Optional<StopCause> first(List<Rule> table, String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return table.stream()
                .filter(rule -> rule.fragments.stream().allMatch(lower::contains))
                .map(Rule::cause)
                .findFirst();
    }

    /** The cause of the first row whose first fragment the text begins with, and that fits. */
    static Optional<StopCause> firstAtStart(List<Rule> table, String text) {
        var lower = text.strip().toLowerCase(Locale.ROOT);
        return first(
                table.stream().filter(rule -> lower.startsWith(rule.fragments.getFirst())).toList(),
                lower);
    }
}
