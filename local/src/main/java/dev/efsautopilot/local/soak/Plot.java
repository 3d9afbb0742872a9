package dev.efsautopilot.local.soak;

import java.util.Random;

/**
 * What happens in a story, all of it decided by its seed.
 *
 * @param service whether a service runs the task
 * @param requests how often an access point of its own is asked for on the bus
 * @param revokes whether somebody takes the ingress rule away
 * @param forgets whether somebody deletes how the task was launched from the ledger
 * @param end what happens to the task
 */
record Plot(long seed, boolean service, int requests, boolean revokes, boolean forgets, End end) {

    /** What happens to a task. */
    enum End {
        /** Nothing: it runs on. */
        RUNS(1),
        /** Its owner stops it. */
        STOPPED(0),
        /** Its Spot capacity is taken back. */
        SPOT(1),
        /** It ends well. */
        DONE(0),
        /** It ends with an error. */
        FAILED(1);

        private final int live;

        End(int live) {
            this.live = live;
        }

        /** How many of its tasks live in the end. */
        int live() {
            return live;
        }
    }

    static Plot of(long seed) {
        var random = new Random(seed);
        var service = random.nextInt(6) == 0;
        return new Plot(
                seed,
                service,
                random.nextInt(3),
                random.nextInt(4) == 0,
                random.nextInt(8) == 0,
                service ? End.RUNS : End.values()[random.nextInt(End.values().length)]);
    }

    String family() {
        return "soak-" + seed;
    }

    @Override
    public String toString() {
        return "story %d: %s%s%s, %d requests"
                .formatted(
                        seed,
                        service ? "a service" : "a task " + end,
                        revokes ? ", rule revoked" : "",
                        forgets ? ", launch forgotten" : "",
                        requests);
    }
}
