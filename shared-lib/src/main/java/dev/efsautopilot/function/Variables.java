package dev.efsautopilot.function;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads environment variables.
 *
 * @param environment their names and values
 * @param wrong a sentence for each that could not be read, added as they are read
 */
record Variables(Map<String, String> environment, List<String> wrong) {

    /** Neither AWS's tags nor our own. */
    private static final String TAG =
            "(?!aws:|efs-autopilot/)[\\w.:/+@-]{1,128}=[\\w.:/=+@-]{0,256}";

    String text(String name, String absent) {
        var value = environment.getOrDefault(name, "").strip();
        return value.isEmpty() ? absent : value;
    }

    boolean flag(String name, boolean absent) {
        var value = text(name, String.valueOf(absent));
        // No pattern: the JVM would make a class for it at each start.
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> {
                wrong.add(name + " is '" + value + "', not true or false");
                yield absent;
            }
        };
    }

    /** A number of days, at least one and at most ten years. */
    Duration days(String name, int absent) {
        var value = text(name, String.valueOf(absent));
        if (value.matches("[1-9][0-9]{0,3}") && Integer.parseInt(value) <= 3650) {
            return Duration.ofDays(Integer.parseInt(value));
        }
        wrong.add(name + " is '" + value + "', not a number of days from 1 to 3650");
        return Duration.ofDays(absent);
    }

    Set<String> words(String name) {
        return Stream.of(text(name, "").split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Words {@code key=value}, in characters that tags of every service can hold. */
    Map<String, String> tags(String name) {
        var tags = new TreeMap<String, String>();
        for (var word : words(name)) {
            var parts = word.split("=", 2);
            if (!word.matches(TAG) || tags.put(parts[0], parts[1]) != null) {
                wrong.add(name + " has '" + word + "', not key=value with a key of its own");
            }
        }
        return tags;
    }

    Settings.IdRange range(String name, Settings.IdRange absent) {
        var value = text(name, absent.first() + "-" + absent.last());
        if (value.matches("[1-9]\\d{0,9}-[1-9]\\d{0,9}")) {
            var ends = value.split("-", 2);
            var range = new Settings.IdRange(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
            if (range.first() <= range.last() && range.last() <= 4294967295L) {
                return range;
            }
        }
        wrong.add(name + " is '" + value + "', not a range like 50000-59999");
        return absent;
    }
}
