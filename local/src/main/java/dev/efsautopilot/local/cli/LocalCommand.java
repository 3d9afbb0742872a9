package dev.efsautopilot.local.cli;

import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.stack.LocalOptions;
import java.io.PrintWriter;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the local AWS and stays until it is interrupted. */
@Command(
        name = "local",
        description = "Start the local AWS with everything deployed; Ctrl-C stops it.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 1:it could not be started; the reason is told",
            " 2:wrong arguments",
            "130:it was stopped by Ctrl-C"
        })
final class LocalCommand implements Callable<Integer> {

    private static final Bounds PORTS = new Bounds("--port", 1, 65_535);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private Flavour flavour = new Flavour();

    @Option(
            names = "--port",
            description = "Port of the endpoint on 127.0.0.1; a free one when left out.")
    private @Nullable Integer port;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        LocalOptions options =
                flavour.of(LocalOptions.of(Autopilot.root()))
                        .withPort(wantedPort())
                        .withProgress(new ConsoleProgress(out));
        try (LocalAws aws = LocalAws.start(options)) {
            aws.deploy();
            out.println(Welcome.text(aws.endpoint(), aws.outputs(), aws.logs()));
            out.flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private OptionalInt wantedPort() {
        if (port == null) {
            return OptionalInt.empty();
        }
        PORTS.check(spec, port);
        return OptionalInt.of(port);
    }
}
