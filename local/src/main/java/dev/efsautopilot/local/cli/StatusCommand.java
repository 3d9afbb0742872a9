package dev.efsautopilot.local.cli;

import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.status.Doings;
import dev.efsautopilot.local.status.StatusText;
import dev.efsautopilot.local.status.Storage;
import dev.efsautopilot.local.status.StorageReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows who uses which storage, and what the automation did of late. */
@Command(
        name = "status",
        description = {
            "Show who uses which storage, and what the automation did in the last day.",
            "It reads ECS, EFS and the functions' logs with the credentials and the region of the"
                    + " environment, or at AWS_ENDPOINT_URL, and changes nothing."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {" 0:shown", " 2:wrong arguments, or AWS could not be asked"})
final class StatusCommand implements Callable<Integer> {

    private static final Bounds HOURS = new Bounds("--hours", 1, 24 * 30);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            defaultValue = Deployed.STACK,
            description = "The deployed stack, ${DEFAULT-VALUE} when left out.")
    private String stack = Deployed.STACK;

    @Option(
            names = "--cluster",
            paramLabel = "CLUSTER",
            description = "Only this cluster, by name or ARN; once or more. All when left out.")
    private List<String> clusters = new ArrayList<>();

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "24",
            description = "How far to look back, ${DEFAULT-VALUE} hours when left out.")
    private int hours = 24;

    @Option(names = "--json", description = "The same as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        HOURS.check(spec, hours);
        Account.check();
        var line = new PassingLine(spec.commandLine().getErr());
        try {
            var clients = Clients.at(Optional.empty());
            var storage =
                    new StorageReader(clients.ecs(), clients.efs()).read(clusters, line::show);
            var doings = doings(line);
            line.clear();
            told(storage, doings);
            return 0;
        } catch (NoSuchElementException e) {
            line.clear();
            spec.commandLine().getErr().println("autopilot: " + e.getMessage());
            return 2;
        }
    }

    private Optional<Doings> doings(PassingLine line) {
        var since = Instant.now().minus(Duration.ofHours(hours));
        try (var deployed = Deployed.at(stack)) {
            return Doings.of(
                    Deployed.FUNCTIONS,
                    function -> {
                        line.show("reading the log of " + function);
                        return deployed.told(function, since);
                    });
        }
    }

    private void told(List<Storage> storage, Optional<Doings> doings) {
        var out = spec.commandLine().getOut();
        if (json) {
            var all = new LinkedHashMap<String, Object>();
            all.put("storage", storage);
            all.put("hours", hours);
            doings.ifPresent(did -> all.put("did", did.lines()));
            out.println(Json.MAPPER.valueToTree(all).toPrettyString());
        } else {
            out.print(StatusText.of(storage, doings, stack, hours));
        }
        out.flush();
    }
}
