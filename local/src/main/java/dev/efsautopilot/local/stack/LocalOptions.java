package dev.efsautopilot.local.stack;

import dev.efsautopilot.local.tasks.LifecycleTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How to start the local AWS.
 *
 * @param root the folder with {@code template.yaml} and {@code functions/}
 * @param template the file in that folder that is deployed
 * @param port the port of the endpoint that users see; empty takes a free one
 * @param stackName the name of the deployed stack, which begins the functions' names
 * @param parameters stack parameters that differ from those of a local run
 * @param times how long the stages of a task take
 * @param concurrency how many environments one function may have, at least 1
 * @param progress hears each step
 */
public record LocalOptions(
        Path root,
        String template,
        OptionalInt port,
        String stackName,
        Map<String, String> parameters,
        LifecycleTimes times,
        int concurrency,
        Progress progress) {

    public LocalOptions {
        parameters = Map.copyOf(parameters);
    }

    /**
     * The defaults: a free port, the stack {@code ecs-efs-autopilot}, two environments a function.
     *
     * @param root the folder with {@code template.yaml} and {@code functions/}
     */
    public static LocalOptions of(Path root) {
        return new LocalOptions(
                root.toAbsolutePath().normalize(),
                "template.yaml",
                OptionalInt.empty(),
                "ecs-efs-autopilot",
                Map.of(),
                LifecycleTimes.demo(),
                2,
                Progress.SILENT);
    }

    /** The same with another template, such as {@code template-aot.yaml}. */
    public LocalOptions withTemplate(String value) {
        return new LocalOptions(
                root, value, port, stackName, parameters, times, concurrency, progress);
    }

    /** The same with a port of the user's choice. */
    public LocalOptions withPort(OptionalInt value) {
        return new LocalOptions(
                root, template, value, stackName, parameters, times, concurrency, progress);
    }

    /** The same with one more stack parameter. */
    public LocalOptions withParameter(String name, String value) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(name, value);
        return new LocalOptions(
                root, template, port, stackName, more, times, concurrency, progress);
    }

    /** The same with other times. */
    public LocalOptions withTimes(LifecycleTimes value) {
        return new LocalOptions(
                root, template, port, stackName, parameters, value, concurrency, progress);
    }

    /** The same with so many environments a function, at least 1. */
    public LocalOptions withConcurrency(int value) {
        return new LocalOptions(
                root, template, port, stackName, parameters, times, value, progress);
    }

    /** The same, heard by somebody. */
    public LocalOptions withProgress(Progress value) {
        return new LocalOptions(
                root, template, port, stackName, parameters, times, concurrency, value);
    }

    /** Does one step of the start and tells how it went. */
    void step(String name, Runnable work) {
        progress.began(name);
        long began = System.nanoTime();
        try {
            work.run();
        } catch (RuntimeException e) {
            progress.failed(name);
            throw e;
        }
        progress.done(name, Duration.ofNanos(System.nanoTime() - began));
    }
}
