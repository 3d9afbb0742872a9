package dev.efsautopilot.nfsingress;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What this process has read: so much of it, what was used last, and each for a while.
 *
 * @param <K> what it is about
 * @param <V> what was read
 */
final class Memory<K, V> {

    private record Read<V>(V value, Instant at) {}

    private final Duration fresh;
    private final Map<K, Read<V>> read;

    Memory(int most, Duration fresh) {
        this.fresh = fresh;
        this.read =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, Read<V>> eldest) {
                        return size() > most;
                    }
                };
    }

    /** What was read lately. */
    Optional<V> of(K key, Instant now) {
        return Optional.ofNullable(read.get(key))
                .filter(one -> one.at().plus(fresh).isAfter(now))
                .map(Read::value);
    }

    /** Keeps what was just read. */
    void keep(K key, V value, Instant now) {
        read.put(key, new Read<>(value, now));
    }
}
