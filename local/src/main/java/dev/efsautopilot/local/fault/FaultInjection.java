package dev.efsautopilot.local.fault;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.gap.Gap;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Faults at work, until they are closed. */
public final class FaultInjection implements AutoCloseable {

    /** What a function's process is known by at the gateway: its session token. */
    public static final String PROCESS = "X-Amz-Security-Token";

    private final Faults faults;
    private final StaleReads reads;
    private final Consumer<String> kill;
    private final Consumer<FaultInjection> closed;
    private final Map<String, AtomicInteger> numbers = new ConcurrentHashMap<>();
    private final AtomicInteger met = new AtomicInteger();

    /**
     * @param reads the answers that reads gave before
     * @param kill kills the process with this session token
     * @param closed hears when these faults end
     */
    public FaultInjection(
            Faults faults,
            StaleReads reads,
            Consumer<String> kill,
            Consumer<FaultInjection> closed) {
        this.faults = faults;
        this.reads = reads;
        this.kill = kill;
        this.closed = closed;
    }

    /** How many faults the functions have met. */
    public int count() {
        return met.get();
    }

    /** The fault that awaits a call; asked once for each call. */
    public Optional<FaultKind> awaiting(AwsCall call) {
        return faults.concern(call) ? draw(call) : Optional.empty();
    }

    /** Does this to a call; empty where such a fault can't happen to it. */
    public Optional<Met> meet(FaultKind kind, AwsCall call, Gap.Next next) {
        var result =
                switch (kind) {
                    case THROTTLING -> answered(kind, FaultAnswers.throttled(call));
                    case INTERNAL_ERROR -> answered(kind, FaultAnswers.failed(call));
                    case UNAVAILABLE -> answered(kind, FaultAnswers.unavailable(call));
                    case DENIED -> answered(kind, FaultAnswers.denied(call));
                    case QUOTA -> FaultAnswers.quota(call).flatMap(it -> answered(kind, it));
                    case STALE_READ -> reads.before(call).flatMap(it -> answered(kind, it));
                    case SLOW -> {
                        pause(faults.slowness());
                        yield answered(kind, next.pass(call));
                    }
                    case LOST_ANSWER -> Optional.of(new Met(kind, next.pass(call), true));
                    case RESET -> Optional.of(new Met(kind, Response.none(), true));
                    case KILLED_BEFORE -> killed(kind, call, Response.none());
                    case KILLED_AFTER -> killed(kind, call, next.pass(call));
                };
        result.ifPresent(_ -> met.incrementAndGet());
        return result;
    }

    /**
     * A fault that happened.
     *
     * @param response what the service answered
     * @param lost whether that never reaches the function
     */
    public record Met(FaultKind kind, Response response, boolean lost) {}

    private Optional<FaultKind> draw(AwsCall call) {
        var name = call.caller().name() + " " + call.service() + ":" + call.operation();
        var number = numbers.computeIfAbsent(name, _ -> new AtomicInteger()).incrementAndGet();
        for (var aim : faults.aimed()) {
            if (Faults.names(aim.call(), call) && (aim.number() == 0 || aim.number() == number)) {
                return Optional.of(aim.kind());
            }
        }
        if (!faults.mayHit(call)) {
            return Optional.empty();
        }
        var fate = new SplittableRandom(faults.seed() * 31 + Objects.hash(name, number));
        var left = fate.split().nextDouble();
        for (var kind : FaultKind.values()) {
            left -= faults.shares().getOrDefault(kind, 0.0);
            if (left < 0) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private Optional<Met> killed(FaultKind kind, AwsCall call, Response response) {
        call.request().header(PROCESS).ifPresent(kill);
        return Optional.of(new Met(kind, response, true));
    }

    private static Optional<Met> answered(FaultKind kind, Response response) {
        return Optional.of(new Met(kind, response, false));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.accept(this);
    }
}
