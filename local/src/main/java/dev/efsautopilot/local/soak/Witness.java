package dev.efsautopilot.local.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.gateway.Gateway;
import dev.efsautopilot.local.gateway.RecordedCall;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what happens, and sees what no look at the end shows: two live copies of a task. */
final class Witness {

    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final Map<String, AtomicLong> faults = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> alive = new ConcurrentHashMap<>();
    private final Queue<String> twice = new ConcurrentLinkedQueue<>();
    private final Queue<String> abandoned = new ConcurrentLinkedQueue<>();

    Witness(Gateway gateway) {
        gateway.calls().addListener(this::called);
        gateway.events().addListener(this::event);
    }

    private void called(RecordedCall call) {
        if (!call.caller().isFunction()) {
            return;
        }
        calls.incrementAndGet();
        if (!call.fault().isEmpty()) {
            faults.computeIfAbsent(call.fault(), _ -> new AtomicLong()).incrementAndGet();
        }
        if (call.operation().equals("PutEvents")
                && call.status() == 200
                && call.parameters().toString().contains("Stateful Task Abandoned")) {
            abandoned.add(call.parameters().toString());
        }
    }

    private void event(String detailType, JsonNode detail) {
        events.incrementAndGet();
        if (!detailType.equals("ECS Task State Change")
                || !detail.path("group").asText().startsWith("family:")) {
            return;
        }
        var group = detail.path("group").asText();
        var task = detail.path("taskArn").asText();
        var living = alive.computeIfAbsent(group, _ -> ConcurrentHashMap.newKeySet());
        if (detail.path("lastStatus").asText().equals("STOPPED")) {
            living.remove(task);
        } else if (living.add(task) && living.size() > 1) {
            twice.add(group + " runs twice: " + living);
        }
    }

    /** Tasks that ran beside a live copy. */
    Queue<String> twice() {
        return twice;
    }

    /** Whether it was told that one of these tasks will not be run again. */
    boolean toldAbandoned(Set<String> tasks) {
        return abandoned.stream().anyMatch(told -> tasks.stream().anyMatch(told::contains));
    }

    long calls() {
        return calls.get();
    }

    long events() {
        return events.get();
    }

    Map<String, Long> faults() {
        var sorted = new TreeMap<String, Long>();
        faults.forEach((kind, count) -> sorted.put(kind, count.get()));
        return sorted;
    }
}
