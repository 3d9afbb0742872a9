package dev.efsautopilot.local.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What happens, a line each, as it happens: coloured on a terminal, plain in a pipe. */
final class Timeline {

    private static final String RESET = "\u001b[0m";

    private final PrintWriter out;
    private final boolean colour;
    private final Instant begun;

    Timeline(PrintWriter out, boolean colour, Instant begun) {
        this.out = out;
        this.colour = colour;
        this.begun = begun;
    }

    /** Whose line it is. */
    enum Voice {
        /** What the user does. */
        USER("\u001b[36m"),
        /** An event on the bus. */
        EVENT("\u001b[90m"),
        /** A call of a function that changes something. */
        CALL("\u001b[33m"),
        /** What a function says came of it. */
        OUTCOME("\u001b[35m"),
        /** It is as it should be. */
        GOOD("\u001b[32m"),
        /** It is not. */
        BAD("\u001b[31m");

        private final String colour;

        Voice(String colour) {
            this.colour = colour;
        }
    }

    /** A new part of the story. */
    synchronized void act(String title) {
        out.println();
        out.println(colour ? "\u001b[1m" + title + RESET : title);
        out.flush();
    }

    /** One line: when, who, what. */
    synchronized void line(Voice voice, String who, String what) {
        var seconds = Duration.between(begun, Instant.now()).toMillis() / 1000.0;
        var text = String.format(Locale.ROOT, "%7.1f s  %-14s %s", seconds, who, what);
        out.println(colour ? voice.colour + text + RESET : text);
        out.flush();
    }
}
