package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;

/**
 * {@code PosixUser} of an access point: "The full POSIX identity, including the user ID, group ID,
 * and secondary group IDs on the access point that is used for all file operations by NFS clients
 * using the access point. Required: No" (Amazon EFS API Reference, AccessPointDescription). Where
 * there is none, MiniStack shows an empty one.
 */
public final class AccessPointWithoutUser implements Gap {

    @Override
    public Response answer(AwsCall call, Next next) {
        var response = next.pass(call);
        if (!call.is("elasticfilesystem", "DescribeAccessPoints") || !response.ok()) {
            return response;
        }
        var document = Json.copy(response.document());
        for (var point : document.path("AccessPoints")) {
            if (point.path("PosixUser").isEmpty()) {
                ((ObjectNode) point).remove("PosixUser");
            }
        }
        return Response.json(200, document);
    }
}
