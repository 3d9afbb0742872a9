package dev.efsautopilot.local.tasks;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The directories that mounts through access points have made on the file systems. */
final class Directories {
    private final Map<String, Set<String>> made = new ConcurrentHashMap<>();

    boolean exists(String fileSystemId, String path) {
        return path.equals("/") || made.getOrDefault(fileSystemId, Set.of()).contains(path);
    }

    /** Makes the directory and those above it. */
    void make(String fileSystemId, String path) {
        var paths = made.computeIfAbsent(fileSystemId, id -> ConcurrentHashMap.newKeySet());
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            paths.add(path.substring(0, end));
        }
    }
}
