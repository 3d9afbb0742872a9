package dev.efsautopilot.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the events come from that a function acts on: its own account and region. A bus may be open
 * to others; what happened there is nothing to act on, and its names mean nothing here.
 *
 * @param account twelve digits
 * @param region e.g. {@code eu-west-1}
 */
public record Origin(String account, String region) {

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
}
