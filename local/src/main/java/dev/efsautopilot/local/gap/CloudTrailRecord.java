package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Caller;
import dev.efsautopilot.local.call.Form;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Secrets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/** The record of a call in CloudTrail's form (CloudTrail User Guide, record contents). */
final class CloudTrailRecord {
    private static final DateTimeFormatter ECS_TIME =
            DateTimeFormatter.ofPattern("MMM d, yyyy, h:mm:ss a", Locale.US)
                    .withZone(ZoneOffset.UTC);

    private CloudTrailRecord() {}

    static ObjectNode of(AwsCall call, Response response, Instant now) {
        var account = call.caller().arn().split(":", -1)[4];
        var detail = Json.object().put("eventVersion", "1.11");
        detail.set("userIdentity", identity(call.caller(), account, now));
        detail.put("eventTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("eventSource", call.service() + ".amazonaws.com")
                .put("eventName", call.operation())
                .put("awsRegion", call.region())
                .put("sourceIPAddress", "127.0.0.1")
                .put("userAgent", call.request().header("User-Agent").orElse("unknown"));
        if (!response.ok()) {
            detail.put("errorCode", response.errorCode())
                    .put("errorMessage", response.errorMessage());
        }
        detail.set("requestParameters", trail(Secrets.hidden(call.parameters())));
        detail.set(
                "responseElements",
                response.ok() ? elements(response.document()) : NullNode.getInstance());
        return detail.put("requestID", UUID.randomUUID().toString())
                .put("eventID", UUID.randomUUID().toString())
                .put("readOnly", false)
                .put("eventType", "AwsApiCall")
                .put("managementEvent", true)
                .put("recipientAccountId", account)
                .put("eventCategory", "Management");
    }

    private static JsonNode elements(JsonNode document) {
        return document.isEmpty() ? NullNode.getInstance() : trail(Secrets.hidden(document));
    }

    private static ObjectNode identity(Caller caller, String account, Instant now) {
        var identity = Json.object();
        switch (caller) {
            case Caller.User user ->
                    identity.put("type", "IAMUser")
                            .put("principalId", "AIDALOCALUSER0000000")
                            .put("userName", user.arn().replaceAll(".*/", ""));
            case Caller.Function function -> {
                identity.put("type", "AssumedRole")
                        .put("principalId", "AROALOCAL:" + function.name());
                var session = identity.putObject("sessionContext");
                session.putObject("sessionIssuer")
                        .put("type", "Role")
                        .put("principalId", "AROALOCAL")
                        .put("arn", function.principal().roleArn())
                        .put("accountId", account)
                        .put("userName", function.roleName());
                session.putObject("attributes")
                        .put("creationDate", now.truncatedTo(ChronoUnit.SECONDS).toString())
                        .put("mfaAuthenticated", "false");
            }
        }
        return identity.put("arn", caller.arn())
                .put("accountId", account)
                .put("accessKeyId", caller.accessKeyId());
    }

    /** Names in lowerCamelCase; the times of ECS as CloudTrail writes them. */
    private static JsonNode trail(JsonNode node) {
        if (node instanceof ArrayNode array) {
            var items = Json.array();
            array.forEach(item -> items.add(trail(item)));
            return items;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        var renamed = Json.object();
        object.properties()
                .forEach(member -> {
                    var name = member.getKey();
                    var value = member.getValue();
                    renamed.set(
                            Form.lowerCamel(name),
                            name.endsWith("At") && value.isNumber() ? time(value) : trail(value));
                });
        return renamed;
    }

    private static JsonNode time(JsonNode seconds) {
        return TextNode.valueOf(ECS_TIME.format(Instant.ofEpochSecond(seconds.asLong())));
    }
}
