package dev.efsautopilot.local.cli;

import dev.efsautopilot.local.demo.Demo;
import dev.efsautopilot.local.stack.LocalOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Plays the story, and exits with 1 where its end is not as it should be. */
@Command(
        name = "demo",
        description = "Watch the automation do its whole job on a local AWS.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:the end of the story is as it should be",
            " 1:it is not, or the local AWS could not be started",
            " 2:wrong arguments"
        })
final class DemoCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private Flavour flavour = new Flavour();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var options =
                flavour.of(LocalOptions.of(Autopilot.root()))
                        .withProgress(new ConsoleProgress(out));
        return Demo.play(options, out, Ansi.AUTO.enabled()) ? 0 : 1;
    }
}
