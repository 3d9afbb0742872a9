package dev.efsautopilot.local.soak;

import dev.efsautopilot.local.call.EventQueue;
import dev.efsautopilot.local.fault.EventFaults;
import dev.efsautopilot.local.stack.LedgerTable;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.user.Team;
import dev.efsautopilot.local.user.User;
import dev.efsautopilot.local.user.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Random whole stories, in batches: while a batch is played, calls fail and events get lost; then
 * all is well again, the sweep runs, and each story must end as it should.
 */
public final class Soak {

    private static final Duration CONVERGENCE = Duration.ofMinutes(5);

    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(3);

    private final LocalAws aws;
    private final User user;
    private final Path root;
    private final Consumer<String> out;
    private final Witness witness;
    private final EndState end;
    private final LedgerTable ledger;
    private final SweepHand sweep;
    private int eventFaults;

    /**
     * @param aws where the application is deployed
     * @param root the project's folder
     * @param out hears how it goes, line by line
     */
    public Soak(LocalAws aws, Path root, Consumer<String> out) {
        this.aws = aws;
        this.user = User.at(aws.endpoint(), LocalAws.REGION);
        this.root = root;
        this.out = out;
        this.witness = new Witness(aws.gateway());
        this.ledger = new LedgerTable(aws);
        this.end = new EndState(aws.gateway(), witness, ledger);
        this.sweep = new SweepHand(aws);
    }

    /**
     * Plays stories.
     *
     * @param seed of the first story; each has the next one
     * @param share of calls that fail, and of events that do not come once and at once
     * @param batch how many are played on one cluster
     * @param parallel how many are played at once
     */
    public SoakReport run(long seed, int stories, double share, int batch, int parallel) {
        var begun = Instant.now();
        var wrong = new ArrayList<String>();
        for (long first = seed; first < seed + stories; first += batch) {
            var size = (int) Math.min(batch, seed + stories - first);
            var found = batch(first, size, share, parallel);
            if (!found.isEmpty()) {
                found.forEach(out);
                out.accept(
                        "replay: ./autopilot soak --stories %d --faults %s --seed %d"
                                .formatted(size, share, first));
            }
            wrong.addAll(found);
            out.accept("%d stories, %d wrong".formatted(first - seed + size, wrong.size()));
        }
        return new SoakReport(
                stories,
                wrong,
                witness.faults(),
                witness.events(),
                eventFaults,
                witness.calls(),
                Duration.between(begun, Instant.now()));
    }

    private List<String> batch(long first, int size, double share, int parallel) {
        var name = "soak-" + first + "-" + Long.toString(System.nanoTime(), 36);
        var base = new Team(user, World.make(user, root, name));
        var events = new EventFaults(first, share);
        aws.gateway().events().deliver(events);
        List<SoakStory> stories;
        try (var _ = aws.gateway().faults(BadDay.of(first, share))) {
            stories = played(LongStream.range(first, first + size), base, parallel);
        } finally {
            aws.gateway().events().deliver(EventQueue.Delivery.RELIABLE);
            eventFaults += events.count();
        }
        var wrong = new ArrayList<>(settled(stories));
        for (var twice = witness.twice().poll(); twice != null; twice = witness.twice().poll()) {
            wrong.add(twice);
        }
        stories.forEach(SoakStory::clear);
        user.ecs().deleteCluster(r -> r.cluster(name));
        aws.gateway().calls().forget();
        return wrong;
    }

    private List<SoakStory> played(LongStream seeds, Team base, int parallel) {
        try (var threads = Executors.newFixedThreadPool(parallel)) {
            List<Future<SoakStory>> playing =
                    seeds.mapToObj(seed -> threads.submit(() -> played(seed, base))).toList();
            var stories = new ArrayList<SoakStory>();
            for (var story : playing) {
                stories.add(story.get());
            }
            return stories;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a story could not be played", e);
        }
    }

    private SoakStory played(long seed, Team base) {
        var story = new SoakStory(Plot.of(seed), aws.gateway(), ledger::delete, base);
        story.play();
        return story;
    }

    /** Sweeps until every story ended as it should; what is still wrong in the end is told. */
    private List<String> settled(List<SoakStory> stories) {
        var open = new ArrayList<>(stories);
        var deadline = Instant.now().plus(CONVERGENCE);
        while (true) {
            sweep.run();
            var wrong = new ArrayList<String>();
            open.removeIf(story -> {
                var found = end.wrong(story);
                wrong.addAll(found);
                return found.isEmpty();
            });
            if (open.isEmpty() || Instant.now().isAfter(deadline)) {
                return wrong;
            }
            LockSupport.parkNanos(BETWEEN_SWEEPS.toNanos());
        }
    }
}
