package dev.efsautopilot.bench;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One thing that is measured.
 *
 * @param function the folder of the function whose work it does; {@code bare} for the one without
 * @param flavour how it runs
 * @param zipBytes how big what is deployed of it is
 * @param process how to start it, by the address of its Runtime API
 * @param events makes its next event
 */
record Subject(
        String function,
        Flavour flavour,
        long zipBytes,
        Function<String, ProcessBuilder> process,
        Supplier<String> events) {

    /** How a function runs. */
    enum Flavour {
        /** A Java handler without any library: the limit. */
        BARE("bare Java"),
        /** The same work in Python with boto3. */
        PYTHON("Python"),
        /** The managed runtime without a snapshot. */
        ON_DEMAND("Java, on demand"),
        /** The managed runtime with SnapStart; restoring the snapshot itself is AWS's. */
        SNAP_START("Java, SnapStart"),
        /** The same, with one event again and again. */
        AGAIN("Java, SnapStart, remembered"),
        /** The custom runtime with a JVM and an AOT cache of its own. */
        AOT("Java, AOT cache");

        private final String words;

        Flavour(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        /** Whether it starts from a snapshot. */
        boolean snapshot() {
            return this == SNAP_START || this == AGAIN;
        }
    }

    String name() {
        return function + ", " + flavour.words();
    }
}
