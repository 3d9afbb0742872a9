package dev.efsautopilot.local.fault;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Xml;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An error in the protocol of the service that was called, as the botocore models describe it. */
record ServiceError(int status, String code, String message) {

    private static final String EC2 =
            "<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors>"
                    + "<RequestID>%s</RequestID></Response>";
    private static final String QUERY =
            "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>"
                    + "<RequestId>%s</RequestId></ErrorResponse>";

    Response to(AwsCall call) {
        return switch (call.service()) {
            case "ec2" -> xml(EC2);
            case "iam", "sts", "cloudformation" -> xml(QUERY);
            case "elasticfilesystem" ->
                    json(Map.of("ErrorCode", code, "Message", message), "application/json");
            case "scheduler", "lambda" -> json(Map.of("Message", message), "application/json");
            case "dynamodb" ->
                    json(
                            Map.of(
                                    "__type",
                                    "com.amazonaws.dynamodb.v20120810#" + code,
                                    "message",
                                    message),
                            "application/x-amz-json-1.0");
            default ->
                    json(Map.of("__type", code, "message", message), "application/x-amz-json-1.1");
        };
    }

    private Response json(Map<String, String> members, String type) {
        var document = Json.object();
        members.forEach(document::put);
        return new Response(
                status,
                Map.of("Content-Type", List.of(type), "x-amzn-ErrorType", List.of(code)),
                Response.json(status, document).body());
    }

    private Response xml(String frame) {
        return Response.xml(
                status,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + frame.formatted(code, Xml.escape(message), UUID.randomUUID()));
    }
}
