package dev.efsautopilot.local.gap;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Caller;
import dev.efsautopilot.local.call.Form;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Principal;
import dev.efsautopilot.local.call.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Calls to test the gaps with. */
final class Calls {
    static final Caller USER = new Caller.User("000000000000", "test");
    static final Caller FUNCTION =
            new Caller.Function(
                    "000000000000",
                    "ASIALOCALVOLUMESXXXX",
                    new Principal("arn:aws:iam::000000000000:role/volumes", "stack-volumes"));

    private Calls() {}

    static AwsCall json(String service, String operation, String parameters) {
        var body = parameters.getBytes(StandardCharsets.UTF_8);
        return new AwsCall(
                service,
                operation,
                Json.copy(Json.parse(parameters)),
                USER,
                "eu-west-1",
                new Request("POST", "/", "", Map.of(), body));
    }

    static AwsCall ec2(String operation, Caller caller, String form) {
        return form("ec2", operation, caller, form);
    }

    static AwsCall form(String service, String operation, Caller caller, String form) {
        var body = form.getBytes(StandardCharsets.UTF_8);
        return new AwsCall(
                service,
                operation,
                Form.nest(Form.parse(form)),
                caller,
                "eu-west-1",
                new Request("POST", "/", "", Map.of(), body));
    }
}
