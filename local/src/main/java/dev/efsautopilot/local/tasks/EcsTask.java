package dev.efsautopilot.local.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One task: its document, and the wish to stop it. Safe for use by several threads. */
final class EcsTask {
    private final ObjectNode document;
    private final Launch launch;
    private final CompletableFuture<Stop> stop = new CompletableFuture<>();

    EcsTask(ObjectNode document, Launch launch) {
        this.document = document;
        this.launch = launch;
    }

    Launch launch() {
        return launch;
    }

    String arn() {
        return text("taskArn");
    }

    /** The id at the end of the ARN. */
    String id() {
        return arn().substring(arn().lastIndexOf('/') + 1);
    }

    synchronized String text(String member) {
        return document.path(member).asText();
    }

    synchronized boolean is(Predicate<JsonNode> wanted) {
        return wanted.test(document);
    }

    synchronized ObjectNode snapshot() {
        return document.deepCopy();
    }

    /** Changes the document, counts the change in {@code version}, and returns it as it is then. */
    synchronized ObjectNode change(Consumer<ObjectNode> change) {
        change.accept(document);
        document.put("version", document.path("version").asInt() + 1);
        return document.deepCopy();
    }

    /** Asks it to stop; only the first wish counts. Returns whether this was the first. */
    synchronized boolean requestStop(Stop wish) {
        var first = stop.complete(wish);
        if (first) {
            document.put("desiredStatus", "STOPPED")
                    .put("stopCode", wish.stopCode())
                    .put("stoppedReason", wish.reason());
            if (!document.has("stoppingAt")) {
                document.put("stoppingAt", TaskDocument.time(Instant.now()));
            }
        }
        return first;
    }

    Stop awaitStop() throws InterruptedException {
        try {
            return stop.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits this long, or until somebody wishes it to stop. */
    Optional<Stop> awaitStop(Duration longest) throws InterruptedException {
        try {
            return Optional.of(stop.get(longest.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException nobodyDid) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
