package dev.efsautopilot.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.revision.OfflineRevision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the revision that the tags of a task definition ask for, without AWS. */
@Command(
        name = "revise",
        description = {
            "Print the revision that a task definition's tags ask for, without AWS.",
            "It is what register-task-definition --cli-input-json takes, tags included. Whether the"
                    + " file system exists, and what its owner allows, only AWS can tell."
        },
        sortOptions = false,
        sortSynopsis = false,
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ReviseCommand.WRONG_USE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:the revision was printed",
            " 1:the file can't be read or is no task definition",
            " 2:the tags are refused",
            "64:wrong arguments"
        })
final class ReviseCommand implements Callable<Integer> {

    /** BSD's EX_USAGE: 2 says that the tags are refused. */
    static final int WRONG_USE = 64;

    private static final int FAILED = 1;
    private static final int REFUSED = 2;
    private static final String PLACEHOLDER = "(to be made)";

    private final InputStream input;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "TASKDEF.json",
            description =
                    "What register-task-definition takes or describe-task-definition answers; - for"
                            + " standard input.")
    private String file = "";

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            description = "A tag as well as those in the file; it wins over one of the same key.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--access-point",
            paramLabel = "VOLUME=fsap-…",
            description =
                    "The access point that is there for a volume. A volume that needs one is refused"
                            + " without it, so that nothing is registered that can't run."
                            + " VOLUME=new prints the revision with '"
                            + PLACEHOLDER
                            + "' in its place.")
    private List<String> accessPoints = new ArrayList<>();

    @Option(
            names = "--json",
            description =
                    "Print a refusal to standard output as JSON with field, problem and remedy,"
                            + " instead of in words to standard error.")
    private boolean json;

    ReviseCommand() {
        this(System.in);
    }

    ReviseCommand(InputStream input) {
        this.input = input;
    }

    @Override
    public Integer call() {
        var more = pairs("--tag", tags, "KEY=VALUE");
        var given = accessPoints();
        try {
            return OfflineRevision.read(tree(), more)
                    .map(source -> told(new OfflineRevision(source, given).request()))
                    .orElseGet(
                            () -> failed("is no task definition: it has no containerDefinitions"));
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            return failed(
                    "is no JSON at line %d, column %d: %s"
                            .formatted(at.getLineNr(), at.getColumnNr(), e.getOriginalMessage()));
        } catch (NoSuchFileException _) {
            return failed("does not exist");
        } catch (IOException e) {
            return failed("can't be read: " + e.getMessage());
        }
    }

    private int told(Result<ObjectNode> revision) {
        return switch (revision) {
            case Result.Ok<ObjectNode>(var request) -> {
                spec.commandLine().getOut().println(request.toPrettyString());
                yield 0;
            }
            case Result.Refused<ObjectNode>(var refusal) -> refused(refusal);
        };
    }

    private int refused(Refusal refusal) {
        if (json) {
            var body =
                    Json.MAPPER
                            .createObjectNode()
                            .put("outcome", "refused")
                            .put("field", refusal.field())
                            .put("problem", refusal.problem())
                            .put("remedy", refusal.remedy());
            spec.commandLine().getOut().println(body.toPrettyString());
        } else {
            spec.commandLine().getErr().println("refused: " + refusal.sentence());
        }
        return REFUSED;
    }

    private int failed(String problem) {
        var name = file.equals("-") ? "standard input" : file;
        spec.commandLine().getErr().println("autopilot: " + name + " " + problem);
        return FAILED;
    }

    /** Every number as it is written, and no field that is there twice: nothing is lost. */
    private JsonNode tree() throws IOException {
        var bytes = file.equals("-") ? input.readAllBytes() : Files.readAllBytes(Path.of(file));
        return Json.MAPPER
                .reader()
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .readTree(bytes);
    }

    private Map<String, String> accessPoints() {
        var given = pairs("--access-point", accessPoints, "VOLUME=fsap-…");
        given.replaceAll((volume, id) -> id.equals("new") ? PLACEHOLDER : known(volume, id));
        return given;
    }

    private String known(String volume, String id) {
        if (id.matches("fsap-[0-9a-f]{8,40}")) {
            return id;
        }
        throw new ParameterException(
                spec.commandLine(),
                "--access-point %s=%s is no access point: write its id, fsap-0123456789abcdef0, or new"
                        .formatted(volume, id));
    }

    private Map<String, String> pairs(String option, List<String> texts, String form) {
        var pairs = new LinkedHashMap<String, String>();
        for (var text : texts) {
            var equals = text.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(
                        spec.commandLine(), "%s %s: write %s".formatted(option, text, form));
            }
            pairs.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return pairs;
    }
}
