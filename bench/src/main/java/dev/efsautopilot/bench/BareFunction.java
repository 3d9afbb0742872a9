package dev.efsautopilot.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The limit: what a Java function costs that does nothing, with no library but the runtime's. */
public final class BareFunction implements RequestStreamHandler {

    /** As Lambda makes it. */
    public BareFunction() {}

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
            throws IOException {
        input.transferTo(output);
    }
}
