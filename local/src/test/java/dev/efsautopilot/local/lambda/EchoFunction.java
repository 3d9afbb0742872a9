package dev.efsautopilot.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Tells what a function sees of its environment. */
public final class EchoFunction implements RequestStreamHandler {

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
            throws IOException {
        String event = new String(input.readAllBytes(), UTF_8);
        if (event.contains("fail")) {
            throw new IllegalStateException("as asked");
        }
        System.out.println("{\"message\":\"" + context.getAwsRequestId() + "\"}");
        String answer =
                "{\"event\":%s,\"key\":\"%s\",\"name\":\"%s\",\"word\":\"%s\",\"remaining\":%d}"
                        .formatted(
                                event,
                                System.getenv("AWS_ACCESS_KEY_ID"),
                                context.getFunctionName(),
                                System.getenv("WORD"),
                                context.getRemainingTimeInMillis());
        output.write(answer.getBytes(UTF_8));
    }
}
