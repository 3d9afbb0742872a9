package dev.efsautopilot.local.gap;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Request;
import dev.efsautopilot.local.call.Response;

/**
 * A REST API finds the route by the path as it was sent, where {@code %2F} ends no part of it, and
 * a Lambda proxy integration gets the parameters of the path still percent-encoded (seen of API
 * Gateway; its guide says nothing of it). MiniStack decodes the path first: what is encoded is
 * therefore encoded once more for it.
 */
public final class EncodedPathParameters implements Gap {

    @Override
    public Response answer(AwsCall call, Next next) {
        var request = call.request();
        return next.pass(
                request.path().startsWith("/_aws/execute-api/")
                        ? call.withRequest(
                                new Request(
                                        request.method(),
                                        request.path().replace("%", "%25"),
                                        request.query(),
                                        request.headers(),
                                        request.body()))
                        : call);
    }
}
