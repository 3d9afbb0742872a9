package dev.efsautopilot.local.cli;

import dev.efsautopilot.local.stack.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** One line a step, as {@code ./autopilot} itself prints them. */
final class ConsoleProgress implements Progress {

    private final PrintWriter out;

    ConsoleProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void began(String step) {
        out.printf("  %-34s", step);
        out.flush();
    }

    @Override
    public void done(String step, Duration took) {
        out.printf(Locale.ROOT, "%6.1f s%n", took.toMillis() / 1000.0);
        out.flush();
    }

    @Override
    public void failed(String step) {
        out.println("failed");
        out.flush();
    }
}
