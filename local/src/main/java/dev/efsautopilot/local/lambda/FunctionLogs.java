package dev.efsautopilot.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every line the functions write: one file for each function, and whoever listens. */
public final class FunctionLogs implements AutoCloseable {

    /** Hears a line as it is written, on the writer's thread: it must not block. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Hears one line.
         *
         * @param function the function's name
         * @param line one line of its output, usually a JSON object
         */
        void line(String function, String line);
    }

    private final Path folder;
    private final Map<String, Writer> files = new HashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /**
     * Keeps logs in a folder.
     *
     * @param folder where the files are, made when it is missing
     */
    public FunctionLogs(Path folder) {
        this.folder = folder;
    }

    /** Where the lines are kept: {@code <function name>.log}. */
    public Path folder() {
        return folder;
    }

    /** Hears every line from now on. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    synchronized void write(String function, String line) {
        try {
            Writer file = files.get(function);
            if (file == null) {
                file = open(function);
                files.put(function, file);
            }
            file.write(line + "\n");
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("log of " + function, e);
        }
        listeners.forEach(listener -> listener.line(function, line));
    }

    private Writer open(String function) throws IOException {
        Files.createDirectories(folder);
        return Files.newBufferedWriter(
                folder.resolve(function + ".log"),
                UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    @Override
    public synchronized void close() {
        for (Writer file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException("logs in " + folder, e);
            }
        }
        files.clear();
    }
}
