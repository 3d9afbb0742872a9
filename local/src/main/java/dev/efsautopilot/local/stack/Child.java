package dev.efsautopilot.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A tool that was started here, its output in a log file. */
final class Child implements AutoCloseable {

    private static final long GRACE_SECONDS = 3;

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /**
     * Starts a tool.
     *
     * @param command program and arguments
     * @param folder its working directory
     * @param environment on top of this process's own, without any {@code AWS_*} variable of it
     * @param log takes its output
     */
    static Child start(
            List<String> command, Path folder, Map<String, String> environment, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        try {
            return new Child(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + command.getFirst(), e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    int exitStatus() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new StartFailure("interrupted", e);
        }
    }

    /** Ends it and what it started: first asked, after a moment forced. */
    @Override
    public void close() {
        List<ProcessHandle> family =
                Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        family.forEach(ProcessHandle::destroy);
        family.forEach(Child::await);
    }

    private static void await(ProcessHandle member) {
        member.onExit()
                .completeOnTimeout(member, GRACE_SECONDS, TimeUnit.SECONDS)
                .thenAccept(_ -> {
                    if (member.isAlive()) {
                        member.destroyForcibly();
                    }
                })
                .join();
    }
}
