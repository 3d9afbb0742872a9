package dev.efsautopilot.local.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** One line that says what goes on, on a terminal only, and is gone at the end. */
final class PassingLine {

    private static final int WIDTH = 79;

    private final PrintWriter err;
    private final boolean terminal;

    PassingLine(PrintWriter err) {
        this.err = err;
        this.terminal = Ansi.AUTO.enabled();
    }

    void show(String words) {
        if (terminal) {
            var fitting = words.substring(0, Math.min(words.length(), WIDTH));
            err.print("\r" + fitting + " ".repeat(WIDTH - fitting.length()));
            err.flush();
        }
    }

    void clear() {
        show("");
        if (terminal) {
            err.print("\r");
            err.flush();
        }
    }
}
