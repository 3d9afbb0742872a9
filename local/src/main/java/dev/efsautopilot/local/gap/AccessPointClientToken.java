package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * {@code ClientToken} of CreateAccessPoint: "A string of up to 64 ASCII characters that Amazon EFS
 * uses to ensure idempotent creation." and AccessPointAlreadyExists: "Returned if the access point
 * that you are trying to create already exists, with the creation token you provided in the
 * request." (Amazon EFS API Reference). The error names the access point; the token is the
 * account's in a region, whatever the file system.
 */
public final class AccessPointClientToken implements Gap {
    private final Upstream upstream;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    public AccessPointClientToken(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        var token = call.parameter("ClientToken");
        if (!call.is("elasticfilesystem", "CreateAccessPoint") || token.isEmpty()) {
            return next.pass(call);
        }
        oneAtATime.lock();
        try {
            return existing(token)
                    .map(AccessPointClientToken::refuse)
                    .orElseGet(() -> next.pass(call));
        } finally {
            oneAtATime.unlock();
        }
    }

    private Optional<JsonNode> existing(String token) {
        return upstream.efs("access-points?MaxResults=10000")
                .path("AccessPoints")
                .valueStream()
                .filter(found -> found.path("ClientToken").asText().equals(token))
                .findFirst();
    }

    private static Response refuse(JsonNode existing) {
        var id = existing.path("AccessPointId").asText();
        return Response.restError(
                409,
                "AccessPointAlreadyExists",
                "Access point already exists with creation token "
                        + existing.path("ClientToken").asText(),
                Json.object().put("AccessPointId", id));
    }
}
