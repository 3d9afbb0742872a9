package dev.efsautopilot.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.rerun.RerunPolicy;
import dev.efsautopilot.rerun.Why;
import dev.efsautopilot.stop.StopCause;
import dev.efsautopilot.stop.StopClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains stops without AWS: what happened, and what task-rerun would do about it. */
@Command(
        name = "why",
        description = "Say why a task stopped, and what task-rerun would do. Needs no AWS.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:every stop was explained",
            " 2:wrong arguments, or nothing that could be read"
        })
final class WhyCommand implements Callable<Integer> {

    private static final String POLICY = "on=infrastructure attempts=3";

    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "EVENT.json",
            defaultValue = "-",
            description =
                    "A task state change event, a task as DescribeTasks gives it, or"
                            + " {\"stopCode\",\"stoppedReason\",\"containers\":[{\"name\",\"essential\","
                            + "\"exitCode\",\"reason\"}]}, any field missing; one document a line gives"
                            + " one answer a line. Or a stop reason as plain text. - is standard"
                            + " input.")
    private String file = "-";

    @Option(names = "--json", description = "Answer with one JSON object a line.")
    private boolean json;

    @Option(
            names = "--policy",
            paramLabel = "WORDS",
            defaultValue = "",
            description =
                    "The words of the tag efs-autopilot/rerun; when left out, the tag in the"
                            + " document, else \""
                            + POLICY
                            + "\".")
    private String policy = "";

    /** The sets come from the code that decides, so that the help can't be wrong. */
    @Spec
    void spec(CommandSpec given) {
        spec = given;
        given.usageMessage()
                .footer(
                        "",
                        "Classes: " + words(StopClass.values(), StopClass::word),
                        "",
                        "Causes: " + words(StopCause.values(), StopCause::word),
                        "",
                        "Actions: " + words(Why.Action.values(), Why.Action::word));
    }

    private static <T> String words(T[] values, Function<T, String> word) {
        return Arrays.stream(values).map(word).collect(Collectors.joining(", "));
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var stops = documents(read()).flatMap(Why::stops).toList();
        if (stops.isEmpty()) {
            throw wrong(
                    "there is no task in %s: ECS describes one for about an hour after it stopped"
                            .formatted(source()));
        }
        for (var stop : stops) {
            var words = words(stop);
            var why = Why.of(stop, parse(words));
            out.println(json ? why.json().put("policy", words) : sentence(why, words));
        }
        out.flush();
        return 0;
    }

    private String words(JsonNode stop) {
        return Stream.of(policy, Why.tag(stop), POLICY)
                .filter(words -> !words.isBlank())
                .findFirst()
                .orElse(POLICY);
    }

    private RerunPolicy parse(String words) {
        return switch (RerunPolicy.parse(words)) {
            case Result.Ok<RerunPolicy>(var parsed) -> parsed;
            case Result.Refused<RerunPolicy>(var refusal) -> throw wrong(refusal.sentence());
        };
    }

    private static String sentence(Why why, String words) {
        var cause = why.cause();
        return "%s, %s: %s. With \"%s\": %s (%s)"
                .formatted(
                        cause.stopClass().word(),
                        cause.word(),
                        cause.meaning(),
                        words,
                        why.action().word(),
                        why.why());
    }

    private String read() {
        if (Files.isDirectory(Path.of(file))) {
            throw wrong(file + " is a folder: name a file in it");
        }
        try {
            return file.equals("-")
                    ? new String(System.in.readAllBytes(), UTF_8)
                    : Files.readString(Path.of(file));
        } catch (NoSuchFileException _) {
            throw wrong("there is no file " + file);
        } catch (IOException e) {
            throw wrong("can't read " + file + ": " + e.getClass().getSimpleName());
        }
    }

    /** Text that does not begin as JSON does is a stop reason. */
    private Stream<JsonNode> documents(String text) {
        var stripped = text.strip();
        if (stripped.isEmpty()) {
            throw wrong("there is nothing in " + source());
        }
        if (!"{[\"".contains(stripped.substring(0, 1))) {
            return Stream.of(Json.MAPPER.getNodeFactory().textNode(stripped));
        }
        try (var values = Json.MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(stripped)) {
            return values.readAll().stream();
        } catch (JsonProcessingException e) {
            if (!stripped.startsWith("{")) {
                return Stream.of(Json.MAPPER.getNodeFactory().textNode(stripped));
            }
            throw wrong(
                    "line %d is no JSON: %s"
                            .formatted(e.getLocation().getLineNr(), e.getOriginalMessage()));
        } catch (IOException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private String source() {
        return file.equals("-") ? "standard input" : file;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
