package dev.efsautopilot.rehearsal;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Plays real events before SnapStart takes its snapshot: an understudy of the function takes them,
 * its clients' calls end on a {@link Stage}, and everything is loaded, linked and compiled that the
 * first event will need. The understudy's memory is dropped; its clients are the function's own.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Lambda
 *     SnapStart runtime hooks for Java</a>
 */
public final class Rehearsal implements Resource {

    /** The context of CRaC holds what is registered weakly. */
    private static final List<Rehearsal> REGISTERED = new ArrayList<>();

    /** So often that the JVM has compiled what an event needs: a second or two, when deployed. */
    private static final int ROUNDS = 20;

    private final Clients clients;
    private final Supplier<? extends RequestStreamHandler> understudy;
    private final List<String> events;

    private Rehearsal(
            Clients clients,
            Supplier<? extends RequestStreamHandler> understudy,
            List<String> events) {
        this.clients = clients;
        this.understudy = understudy;
        this.events = events;
    }

    /**
     * Registers a function's rehearsal. Without SnapStart there is none: CRaC's context alone,
     * which makes proxies, would cost a tenth of the start.
     *
     * @param clients the function's own
     * @param understudy makes a function of the same settings on these clients
     * @param events names of files of {@code events/}
     */
    public static void beforeSnapshot(
            Clients clients,
            Supplier<? extends RequestStreamHandler> understudy,
            String... events) {
        if ("snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
            var rehearsal = new Rehearsal(clients, understudy, List.of(events));
            REGISTERED.add(rehearsal);
            Core.getGlobalContext().register(rehearsal);
        }
    }

    /** Where it fails, the function works all the same; its first event takes longer. */
    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) throws IOException {
        var out = System.out;
        try (var stage = Stage.open()) {
            // What the understudy logs did not happen, nor do its metrics.
            System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, out.charset()));
            clients.detour(stage.address(), this::play);
            stage.complain(out);
        } catch (RuntimeException e) {
            complain(out, e.toString());
        } finally {
            System.setOut(out);
        }
    }

    static void complain(PrintStream out, String why) {
        out.println(
                Json.MAPPER
                        .createObjectNode()
                        .put("level", "WARN")
                        .put("message", "the rehearsal before the snapshot: " + why));
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {}

    private void play() {
        try {
            var payloads = new ArrayList<byte[]>();
            for (var event : events) {
                payloads.add(read("events/" + event));
            }
            for (int round = 0; round < ROUNDS; round++) {
                var function = understudy.get();
                for (var payload : payloads) {
                    function.handleRequest(
                            new ByteArrayInputStream(payload),
                            OutputStream.nullOutputStream(),
                            new Invocation("rehearsal", "rehearsal"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the rehearsal", e);
        }
    }

    static byte[] read(String name) throws IOException {
        try (InputStream file = Rehearsal.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IOException("the function carries no " + name);
            }
            return file.readAllBytes();
        }
    }
}
