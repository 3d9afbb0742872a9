package dev.efsautopilot.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.event.EventFiles;
import dev.efsautopilot.local.event.EventFiles.Kind;
import dev.efsautopilot.local.event.Filling;
import dev.efsautopilot.local.event.TaskStop;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints an event as AWS would send it, with names of somebody's own. */
@Command(
        name = "event",
        description = {
            "Print an event as AWS sends it, filled in, for sam local invoke and for tests.",
            "Without KIND it lists the kinds: those of events/, and task-stopped for any reason."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "  ./autopilot event task-stopped --reason 'Host EC2 (instance i-1) terminated.' |",
            "    sam local invoke TaskRerunFunction --event -"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {" 0:printed", " 2:wrong arguments"})
final class EventCommand implements Runnable {

    private static final String STOPPED = "task-stopped";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "KIND",
            arity = "0..1",
            completionCandidates = Kinds.class,
            description = "The kind of event.")
    private @Nullable String kind;

    @ArgGroup(validate = false, heading = "How a task stopped, for the kinds task-stopped…:%n")
    private Ends ends = new Ends();

    @ArgGroup(validate = false, heading = "Names in the event:%n")
    private Names names = new Names();

    @Option(
            names = "--entries",
            description =
                    "Print it as aws events put-events --entries takes it. Nobody may send as aws.*:"
                            + " the local AWS takes local.aws instead.")
    private boolean entries;

    @Option(names = "--json", description = "The list of kinds as JSON; an event always is.")
    private boolean json;

    /** How it ended. */
    static final class Ends {
        @Option(
                names = "--reason",
                paramLabel = "WORDS",
                description = "stoppedReason, AWS's words.")
        private @Nullable String reason;

        @Option(
                names = "--stop-code",
                paramLabel = "CODE",
                description = "stopCode; the one that goes with the reason when left out.")
        private @Nullable String code;

        @Option(
                names = "--exit-code",
                paramLabel = "N",
                description = "What its containers exited with.")
        private @Nullable Integer exit;

        private boolean given() {
            return reason != null || code != null || exit != null;
        }

        private TaskStop stop() {
            return new TaskStop(
                    Optional.ofNullable(reason),
                    Optional.ofNullable(code),
                    exit == null ? OptionalInt.empty() : OptionalInt.of(exit));
        }
    }

    /** The names in it. */
    static final class Names {
        @Option(names = "--task", paramLabel = "ID", description = "The task's id.")
        private @Nullable String task;

        @Option(names = "--cluster", paramLabel = "NAME", description = "Its cluster.")
        private @Nullable String cluster;

        @Option(
                names = "--task-definition",
                paramLabel = "FAMILY:N",
                description = "Its task definition.")
        private @Nullable String taskDefinition;

        @Option(names = "--file-system", paramLabel = "fs-…", description = "The file system.")
        private @Nullable String fileSystem;

        @Option(names = "--account", paramLabel = "ID", description = "The account, 12 digits.")
        private @Nullable String account;

        @Option(names = "--region", paramLabel = "REGION", description = "The region.")
        private @Nullable String region;
    }

    /** For the shells' completion. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.concat(Stream.of(STOPPED), files().kinds().stream().map(Kind::name))
                    .iterator();
        }
    }

    private static EventFiles files() {
        return new EventFiles(Autopilot.root().resolve("events"));
    }

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        out.println(kind == null ? list() : printed(event(kind)));
        out.flush();
    }

    private String list() {
        return json
                ? Json.MAPPER.<JsonNode>valueToTree(files().kinds()).toPrettyString()
                : Stream.concat(
                                Stream.of(
                                        new Kind(
                                                STOPPED,
                                                "STOPPED, for the --reason given",
                                                "TaskRerunFunction")),
                                files().kinds().stream())
                        .map(known -> "%-36s %s".formatted(known.name(), known.words()))
                        .collect(Collectors.joining("\n"));
    }

    private JsonNode event(String name) {
        var stop = ends.stop();
        if (ends.given() && !name.startsWith(STOPPED)) {
            throw wrong("--reason, --stop-code and --exit-code are for the kinds task-stopped…");
        }
        var found =
                files().event(name.equals(STOPPED) ? stop.kind() : name)
                        .orElseThrow(() ->
                                wrong(
                                        "there is no kind '"
                                                + name
                                                + "': ./autopilot event lists them"));
        return filling().of(stop.in(found), Instant.now());
    }

    private Filling filling() {
        var filling = new Filling();
        given("--task", names.task, "[\\w-]{1,255}", "an id").ifPresent(filling::task);
        given("--cluster", names.cluster, "[\\w-]{1,255}", "a name").ifPresent(filling::cluster);
        given(
                        "--task-definition",
                        names.taskDefinition,
                        "[\\w-]{1,255}:[1-9]\\d*",
                        "family:revision")
                .ifPresent(filling::taskDefinition);
        given("--file-system", names.fileSystem, "fs-[0-9a-f]{8,40}", "fs-0123456789abcdef0")
                .ifPresent(filling::fileSystem);
        given("--account", names.account, "\\d{12}", "12 digits").ifPresent(filling::account);
        given("--region", names.region, "[a-z]{2}(-[a-z]+)+-\\d", "a region such as eu-west-1")
                .ifPresent(filling::region);
        return filling;
    }

    private Optional<String> given(
            String option, @Nullable String value, String pattern, String form) {
        if (value != null && !value.matches(pattern)) {
            throw wrong("%s is %s, not '%s'".formatted(option, form, value));
        }
        return Optional.ofNullable(value);
    }

    private String printed(JsonNode event) {
        if (!entries) {
            return event.toPrettyString();
        }
        if (!event.has("detail-type")) {
            throw wrong("--entries is for events of a bus, and " + kind + " is none");
        }
        var list = Json.MAPPER.createArrayNode();
        list.addObject()
                .put("Source", Json.text(event, "source").replaceFirst("^aws\\..*", "local.aws"))
                .put("DetailType", Json.text(event, "detail-type"))
                .put("Detail", event.path("detail").toString())
                .set("Resources", event.path("resources"));
        return list.toPrettyString();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
