package dev.efsautopilot.local.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The numbers that an option takes.
 *
 * @param option its name
 * @param least the smallest
 * @param most the largest
 */
record Bounds(String option, Number least, Number most) {

    /** Refuses another number. */
    void check(CommandSpec spec, Number value) {
        if (value.doubleValue() < least.doubleValue() || value.doubleValue() > most.doubleValue()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s is from %s to %s, not %s".formatted(option, least, most, value));
        }
    }
}
