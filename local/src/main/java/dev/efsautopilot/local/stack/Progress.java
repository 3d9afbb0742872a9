package dev.efsautopilot.local.stack;

import java.time.Duration;

/** Hears how the start goes, in order, on the starting thread. */
public interface Progress {

    /** Hears nothing. */
    Progress SILENT =
            new Progress() {
                @Override
                public void began(String step) {}

                @Override
                public void done(String step, Duration took) {}

                @Override
                public void failed(String step) {}
            };

    /**
     * A step begins.
     *
     * @param step a few words, such as {@code "deploy template.yaml"}
     */
    void began(String step);

    /**
     * The same step is done.
     *
     * @param step the words it began with
     * @param took how long it took
     */
    void done(String step, Duration took);

    /**
     * The same step did not work out; nothing follows it.
     *
     * @param step the words it began with
     */
    void failed(String step);
}
