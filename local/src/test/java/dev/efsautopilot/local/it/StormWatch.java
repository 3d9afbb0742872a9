package dev.efsautopilot.local.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.gateway.RecordedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts what the functions call while a storm lasts. */
final class StormWatch implements Consumer<RecordedCall> {

    private final Set<String> remembered = ConcurrentHashMap.newKeySet();
    private final Set<String> started = ConcurrentHashMap.newKeySet();
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong throttled = new AtomicLong();
    private volatile Instant last = Instant.now();

    @Override
    public void accept(RecordedCall call) {
        if (call.caller().is("nfs-ingress") && call.operation().equals("PutItem")) {
            remembered.add(call.parameters().at("/Item/pk/S").asText());
        }
        if (call.caller().is("task-rerun") || call.caller().is("sweep")) {
            count(call);
        }
    }

    private void count(RecordedCall call) {
        calls.incrementAndGet();
        if (call.errorCode().contains("Throttl")
                || call.errorCode().contains("Throughput")
                || call.errorCode().contains("TooManyRequests")
                || call.errorCode().contains("RequestLimit")) {
            throttled.incrementAndGet();
        }
        if (call.operation().equals("RunTask")
                && call.status() == 200
                && started.add(call.parameters().path("clientToken").asText())) {
            last = Instant.now();
        }
    }

    /** An event of AWS. */
    void heard(String detailType, JsonNode detail) {
        if (detailType.equals("ECS Task State Change")
                && detail.path("lastStatus").asText().equals("STOPPED")) {
            stopped.add(detail.path("taskArn").asText());
        }
    }

    /** How many tasks have stopped. */
    int stopped() {
        return stopped.size();
    }

    /** How many launches the ledger remembers since the watch began. */
    int remembered() {
        return remembered.size();
    }

    /** How many re-runs were started, by their tokens. */
    int started() {
        return started.size();
    }

    /** Whether no re-run was started for so long. */
    boolean quiet(Duration time) {
        return last.plus(time).isBefore(Instant.now());
    }

    /** When the newest re-run was started. */
    Instant last() {
        return last;
    }

    long calls() {
        return calls.get();
    }

    long throttled() {
        return throttled.get();
    }
}
