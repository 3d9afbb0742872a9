package dev.efsautopilot.local.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.status.Storage.Use;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The status in words. */
public final class StatusText {

    private StatusText() {}

    /**
     * The whole of it.
     *
     * @param did what was done in the last hours; empty where no such stack is deployed
     */
    public static String of(List<Storage> storage, Optional<Doings> did, String stack, int hours) {
        var text = new StringBuilder("Storage in use%n".formatted());
        if (storage.isEmpty()) {
            text.append("  no running task and no service mounts any%n".formatted());
        }
        storage.forEach(one -> text.append(storage(one)));
        text.append("%nThe last %d hours of %s%n".formatted(hours, stack));
        did.ifPresentOrElse(
                doings -> text.append(doings(doings)),
                () -> text.append("  there is no such stack here%n".formatted()));
        return text.toString();
    }

    private static String storage(Storage storage) {
        return "  %s%s%s%n%s"
                .formatted(
                        storage.fileSystem(),
                        storage.name().isEmpty() ? "" : " \"" + storage.name() + "\"",
                        storage.allow().isEmpty()
                                ? ", its owner has not opted in"
                                : ", allows " + storage.allow(),
                        storage.uses().stream().map(StatusText::use).collect(Collectors.joining()));
    }

    private static String use(Use use) {
        return "    %-22s %-24s %s volume %s: %s in %s%n"
                .formatted(
                        use.accessPoint().isEmpty() ? "no access point" : use.accessPoint(),
                        use.path(),
                        use.taskDefinition(),
                        use.volume(),
                        users(use),
                        use.cluster());
    }

    private static String users(Use use) {
        var tasks = use.tasks() == 1 ? "1 task" : use.tasks() + " tasks";
        return use.services().isEmpty()
                ? tasks
                : "service " + String.join(", ", use.services()) + " with " + tasks;
    }

    private static String doings(Doings doings) {
        return "  %d done, %d refused, %d failed%n%s"
                .formatted(
                        doings.count("done"),
                        doings.count("refused"),
                        doings.count("failed"),
                        doings.lines().stream()
                                .map(StatusText::line)
                                .collect(Collectors.joining()));
    }

    private static String line(JsonNode line) {
        var stack = Json.text(line, "stack") + "-";
        var function = Json.text(line, "function");
        return "  %.16sZ %-13s %-7s %s: %s%n"
                .formatted(
                        Json.text(line, "timestamp"),
                        function.startsWith(stack) ? function.substring(stack.length()) : function,
                        Json.text(line, "outcome"),
                        subject(line),
                        what(line));
    }

    /** An ARN's account and region are the reader's own. */
    private static String subject(JsonNode line) {
        var subject = Json.text(line, "subject");
        return subject.startsWith("arn:") ? subject.split(":", 6)[5] : subject;
    }

    private static String what(JsonNode line) {
        return line.path("steps").isEmpty()
                ? Json.text(line, "why")
                : line.path("steps")
                        .valueStream()
                        .map(step -> Json.text(step, "step") + ", " + Json.text(step, "why"))
                        .distinct()
                        .collect(Collectors.joining("; "));
    }
}
