package dev.efsautopilot.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.json.Json;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what the deployed application would do for a task definition. */
@Command(
        name = "plan",
        description = {
            "Say what the deployed automation would do for a task definition, and do nothing.",
            "It asks the stack's function volumes for a dry run, with the credentials and the region"
                    + " of the environment, or at AWS_ENDPOINT_URL. 'revise' needs no AWS."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:the plan was printed; there may be nothing to do",
            " 1:the tags are refused",
            " 2:wrong arguments, or AWS could not be asked"
        })
final class PlanCommand implements Callable<Integer> {

    private static final String REFERENCE =
            "(arn:[^/]+:task-definition/)?[\\w-]{1,255}(:[1-9]\\d*)?";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "TASKDEF",
            description = "family:revision, its ARN, or a family, whose newest revision is meant.")
    private String taskDefinition = "";

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            defaultValue = Deployed.STACK,
            description = "The deployed stack, ${DEFAULT-VALUE} when left out.")
    private String stack = Deployed.STACK;

    @Option(names = "--json", description = "The function's answer as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (!taskDefinition.matches(REFERENCE)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'%s' names no task definition: write orders:7, orders, or an ARN"
                            .formatted(taskDefinition));
        }
        Account.check();
        var reference = revision();
        if (reference.isEmpty()) {
            return failed("there is no task definition " + taskDefinition);
        }
        var request =
                Json.MAPPER
                        .createObjectNode()
                        .put("taskDefinition", reference.get())
                        .put("dryRun", true);
        try (var deployed = Deployed.at(stack)) {
            return deployed.invoke("volumes", request)
                    .map(this::told)
                    .orElseGet(() ->
                            failed(
                                    "there is no stack %s here: deploy it, or name yours with --stack"
                                            .formatted(stack)));
        }
    }

    /** The function takes a revision; only ECS knows a family's newest. */
    private Optional<String> revision() {
        return taskDefinition.matches(".*:[1-9]\\d*")
                ? Optional.of(taskDefinition)
                : Clients.at(Optional.empty())
                        .ecs()
                        .taskDefinitions()
                        .find(taskDefinition)
                        .map(described -> described.path("taskDefinition"))
                        .map(found -> Json.text(found, "taskDefinitionArn"));
    }

    private int told(JsonNode answer) {
        var out = spec.commandLine().getOut();
        out.println(json ? answer.toPrettyString() : text(answer));
        out.flush();
        return Json.text(answer, "outcome").equals("refused") ? 1 : 0;
    }

    private static String text(JsonNode answer) {
        var subject = Json.text(answer, "subject");
        return switch (Json.text(answer, "outcome")) {
            case "refused" ->
                    "%s is refused: %s: %s; %s"
                            .formatted(
                                    subject,
                                    Json.text(answer, "field"),
                                    Json.text(answer, "problem"),
                                    Json.text(answer, "remedy"));
            case "ignored" -> "%s: nothing to do, %s".formatted(subject, Json.text(answer, "why"));
            default -> subject + ":" + steps(answer);
        };
    }

    private static String steps(JsonNode answer) {
        var lines = new StringBuilder();
        for (var step : answer.path("steps")) {
            lines.append("%n  %-18s %s".formatted(Json.text(step, "step"), Json.text(step, "why")));
        }
        @Nullable JsonNode lacks = answer.get("missingPermissions");
        if (lacks != null) {
            lines.append("%n  its task role lacks: %s".formatted(lacks));
        }
        return lines.isEmpty() ? " nothing to do, all is as its tags ask for" : lines.toString();
    }

    private int failed(String why) {
        spec.commandLine().getErr().println("autopilot: " + why);
        return 2;
    }
}
