package dev.efsautopilot.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a function is at home. What is asked for by an ARN of another account or region is turned
 * away before anything is read: IAM would deny the one, and AWS would look for the other here.
 *
 * @param region its region
 * @param account its account
 */
record Home(String region, String account) {

    /** arn:partition:service:region:account:resource; IAM's have no region, S3's neither. */
    private static final Pattern ARN = Pattern.compile("arn:[^:]*:[^:]*:([^:]*):([^:]*):.+");

    /** The home of the function with this ARN; empty where it is none. */
    static Optional<Home> of(@Nullable String functionArn) {
        return Optional.ofNullable(functionArn)
                .map(ARN::matcher)
                .filter(arn -> arn.matches())
                .map(arn -> new Home(arn.group(1), arn.group(2)));
    }

    /** The trigger, where all that it asks for is at home. */
    Result<Trigger> admit(Trigger trigger) {
        return trigger instanceof Trigger.Asked(var request, _)
                ? Result.all(
                                request.properties().stream()
                                        .flatMap(field -> texts(field.getKey(), field.getValue()))
                                        .toList())
                        .then(_ -> Result.ok(trigger))
                : Result.ok(trigger);
    }

    private Stream<Result<String>> texts(String field, JsonNode value) {
        return Stream.concat(Stream.of(value), value.valueStream())
                .filter(JsonNode::isTextual)
                .map(text -> admit(field, text.textValue()));
    }

    private Result<String> admit(String field, String text) {
        var arn = ARN.matcher(text);
        if (!arn.matches()) {
            return Result.ok(text);
        }
        if (!List.of("", account).contains(arn.group(2))) {
            return Result.refused(
                    Refusal.forbidden(
                            field,
                            "it is of account " + arn.group(2) + ", and this is " + account,
                            "ask the stack in that account"));
        }
        return List.of("", region).contains(arn.group(1))
                ? Result.ok(text)
                : Result.refused(
                        Refusal.notFound(
                                field,
                                "it is in " + arn.group(1) + ", and this is " + region,
                                "ask the stack in that region"));
    }
}
