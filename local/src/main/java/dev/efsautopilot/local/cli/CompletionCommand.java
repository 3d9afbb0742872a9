package dev.efsautopilot.local.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete commands, options and kinds of events. */
@Command(
        name = "completion",
        description = "Print the script that lets a shell complete what you type.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "bash: source <(./autopilot completion bash)",
            "zsh:  source <(./autopilot completion zsh)"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {" 0:printed", " 2:wrong arguments"})
final class CompletionCommand implements Runnable {

    /** The shells. */
    enum Shell {
        bash,
        zsh
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        if (shell == Shell.zsh) {
            out.println("autoload -U +X compinit && compinit");
        }
        out.println(AutoComplete.bash("autopilot", Autopilot.commandLine()));
        out.flush();
    }
}
