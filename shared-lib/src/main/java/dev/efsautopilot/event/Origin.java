package dev.efsautopilot.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the events and requests come from that a function acts on: its own account and region. A
 * bus may be open to others; what happened there is nothing to act on, and its names mean nothing
 * here.
 *
 * @param account twelve digits
 * @param region e.g. {@code eu-west-1}
 */
public record Origin(String account, String region) {

    /** arn:partition:service:region:account:resource; IAM's have no region, S3's neither. */
    private static final Pattern ARN = Pattern.compile("arn:[^:]*:[^:]*:([^:]*):([^:]*):.+");

    /** What the details of ECS's events name that must be of here. */
    private static final List<String> NAMED =
            List.of("taskArn", "clusterArn", "containerInstanceArn");

    /**
     * That of a function's own events.
     *
     * @param functionArn {@code arn:aws:lambda:region:account:function:…}; null where nobody knows
     */
    public static Optional<Origin> of(@Nullable String functionArn) {
        var parts = functionArn == null ? new String[0] : functionArn.split(":", 6);
        return parts.length == 6 && parts[4].matches("[0-9]{12}")
                ? Optional.of(new Origin(parts[4], parts[3]))
                : Optional.empty();
    }

    /** Why an event is not of here; empty where it is, and for whatever is no event of a bus. */
    public Optional<String> foreign(JsonNode event) {
        if (!event.has("detail-type")) {
            return Optional.empty();
        }
        var detail = event.path("detail");
        return differs("account", event.path("account"), account)
                .or(() -> differs("region", event.path("region"), region))
                .or(() -> differs("account", detail.path("recipientAccountId"), account))
                .or(() -> differs("region", detail.path("awsRegion"), region))
                .or(() ->
                        NAMED.stream()
                                .flatMap(name -> named(name, detail.path(name)).stream())
                                .findFirst());
    }

    private static Optional<String> differs(String what, JsonNode said, String own) {
        return said.isMissingNode() || said.asText().equals(own)
                ? Optional.empty()
                : Optional.of("the event is of another " + what + " than " + own);
    }

    /** An ARN of ECS here; in which partition, the region has said already. */
    private Optional<String> named(String name, JsonNode said) {
        var possible =
                "arn:aws[a-z-]{0,20}:ecs:"
                        + region
                        + ":"
                        + account
                        + ":[a-z-]{1,30}/[\\w/-]{1,600}";
        return said.isMissingNode() || said.isNull() || said.asText().matches(possible)
                ? Optional.empty()
                : Optional.of("its " + name + " is no ARN of ECS in " + region + " of " + account);
    }

    /**
     * The trigger, where all that it asks for is of here. By an ARN of another account or region it
     * is turned away before anything is read: IAM would deny the one, and AWS would look for the
     * other here.
     */
    public Result<Trigger> admit(Trigger trigger) {
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
