package dev.efsautopilot.local.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The record of every AWS call, in the order of their answers. Safe for use by several threads. */
public final class CallLog {
    private final List<RecordedCall> calls = new ArrayList<>();
    private final List<Consumer<RecordedCall>> listeners = new CopyOnWriteArrayList<>();

    CallLog() {}

    /** Tells the listener of each call from now on, in the thread that answers it: be quick. */
    public void addListener(Consumer<RecordedCall> listener) {
        listeners.add(listener);
    }

    /** Forgets the calls so far, in a run that is long. */
    public void forget() {
        synchronized (calls) {
            calls.clear();
        }
    }

    /** All calls so far. */
    public List<RecordedCall> all() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    /** Those of one caller: {@code user}, a function's name, or the end of it after a hyphen. */
    public List<RecordedCall> by(String caller) {
        return where(call -> call.caller().is(caller));
    }

    /** Those of one operation. */
    public List<RecordedCall> of(String service, String operation) {
        return where(call -> call.service().equals(service) && call.operation().equals(operation));
    }

    /** Those that may have changed something. */
    public List<RecordedCall> writes() {
        return where(RecordedCall::write);
    }

    void add(RecordedCall call) {
        synchronized (calls) {
            calls.add(call);
        }
        listeners.forEach(listener -> listener.accept(call));
    }

    private List<RecordedCall> where(Predicate<RecordedCall> wanted) {
        return all().stream().filter(wanted).toList();
    }
}
