package dev.efsautopilot.local.fault;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import java.util.Optional;
import java.util.stream.IntStream;

/** What each service says when it can't, won't or mustn't. */
public final class FaultAnswers {

    private static final String RATE = "Rate exceeded";

    private FaultAnswers() {}

    static Response throttled(AwsCall call) {
        var error =
                switch (call.service()) {
                    case "ec2" ->
                            new ServiceError(
                                    503, "RequestLimitExceeded", "Request limit exceeded.");
                    case "iam", "sts", "cloudformation" ->
                            new ServiceError(400, "Throttling", RATE);
                    case "dynamodb" ->
                            new ServiceError(
                                    400,
                                    "ProvisionedThroughputExceededException",
                                    "The level of configured provisioned throughput for the table"
                                            + " was exceeded.");
                    case "lambda" -> new ServiceError(429, "TooManyRequestsException", RATE);
                    case "elasticfilesystem" ->
                            new ServiceError(
                                    429,
                                    call.isWrite() ? "ThrottlingException" : "TooManyRequests",
                                    RATE);
                    case "scheduler" -> new ServiceError(429, "ThrottlingException", RATE);
                    default -> new ServiceError(400, "ThrottlingException", RATE);
                };
        return error.to(call);
    }

    static Response failed(AwsCall call) {
        if (call.is("events", "PutEvents")) {
            return entriesFailed(call);
        }
        var code =
                switch (call.service()) {
                    case "ecs" -> "ServerException";
                    case "ec2" -> "InternalError";
                    case "events" -> "InternalException";
                    case "scheduler" -> "InternalServerException";
                    case "iam", "sts", "cloudformation" -> "ServiceFailure";
                    default -> "InternalServerError";
                };
        return new ServiceError(500, code, "An internal error has occurred").to(call);
    }

    /** EventBridge takes the call, and says of each entry that it failed. */
    private static Response entriesFailed(AwsCall call) {
        var count = call.parameters().path("Entries").size();
        var answer = Json.object().put("FailedEntryCount", count);
        var entries = answer.putArray("Entries");
        IntStream.range(0, count)
                .forEach(_ ->
                        entries.addObject()
                                .put("ErrorCode", "InternalFailure")
                                .put("ErrorMessage", "Exception on service side"));
        return Response.json(200, answer);
    }

    static Response unavailable(AwsCall call) {
        var code = call.service().equals("ec2") ? "Unavailable" : "ServiceUnavailable";
        return new ServiceError(503, code, "The service is unavailable.").to(call);
    }

    /** What a service answers to one whose policy does not allow this call. */
    public static Response denied(AwsCall call) {
        return denied(call, call.service() + ":" + call.operation(), "*");
    }

    /** What a service answers to one whose policy does not allow this action on this resource. */
    public static Response denied(AwsCall call, String action, String resource) {
        var message =
                "User: %s is not authorized to perform: %s on resource: %s because no identity-based policy allows the action"
                        .formatted(call.caller().arn(), action, resource);
        var error =
                switch (call.service()) {
                    case "ec2" ->
                            new ServiceError(
                                    403,
                                    "UnauthorizedOperation",
                                    "You are not authorized to perform this operation. " + message);
                    case "iam", "sts", "cloudformation" ->
                            new ServiceError(403, "AccessDenied", message);
                    case "elasticfilesystem", "scheduler", "lambda" ->
                            new ServiceError(403, "AccessDeniedException", message);
                    default -> new ServiceError(400, "AccessDeniedException", message);
                };
        return error.to(call);
    }

    /** What a service answers where one more is one too many; empty where nothing is counted. */
    static Optional<Response> quota(AwsCall call) {
        var error =
                switch (call.service() + ":" + call.operation()) {
                    case "ecs:RunTask", "ecs:RegisterTaskDefinition", "ecs:TagResource" ->
                            new ServiceError(
                                    400,
                                    "LimitExceededException",
                                    "The limit for the resource was exceeded.");
                    case "elasticfilesystem:CreateAccessPoint" ->
                            new ServiceError(
                                    403,
                                    "AccessPointLimitExceeded",
                                    "You have reached the maximum number of access points.");
                    case "elasticfilesystem:CreateMountTarget" ->
                            new ServiceError(
                                    409,
                                    "NetworkInterfaceLimitExceeded",
                                    "You have reached the limit of network interfaces.");
                    case "ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupEgress" ->
                            new ServiceError(
                                    400,
                                    "RulesPerSecurityGroupLimitExceeded",
                                    "The maximum number of rules per security group has been reached.");
                    case "scheduler:CreateSchedule" ->
                            new ServiceError(
                                    402,
                                    "ServiceQuotaExceededException",
                                    "The number of schedules has reached its quota.");
                    case "iam:PutRolePolicy" ->
                            new ServiceError(
                                    409,
                                    "LimitExceeded",
                                    "Maximum policy size of 10240 bytes exceeded for the role.");
                    default -> null;
                };
        return Optional.ofNullable(error).map(it -> it.to(call));
    }
}
