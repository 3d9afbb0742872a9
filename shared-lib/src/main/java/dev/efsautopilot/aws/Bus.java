package dev.efsautopilot.aws;

import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** Our own events, source {@code efs-autopilot}. */
public final class Bus {

    private final Supplier<EventBridgeClient> client;
    private final String name;

    Bus(Supplier<EventBridgeClient> client, String name) {
        this.client = client;
        this.name = name;
    }

    /**
     * Puts one event.
     *
     * @param detailType e.g. {@code Access Point Ready}
     * @param resources ARNs that it is about
     * @param detail values that Jackson writes
     * @throws IllegalStateException where EventBridge took the call and not the event, so that
     *     Lambda retries
     */
    public void tell(String detailType, List<String> resources, Map<String, ?> detail) {
        var entry =
                PutEventsRequestEntry.builder()
                        .eventBusName(name)
                        .source("efs-autopilot")
                        .detailType(detailType)
                        .resources(resources)
                        .detail(Json.MAPPER.valueToTree(detail).toString())
                        .build();
        var answer = client.get().putEvents(r -> r.entries(entry));
        if (answer.failedEntryCount() > 0) {
            throw new IllegalStateException(
                    "PutEvents refused '"
                            + detailType
                            + "': "
                            + answer.entries().getFirst().errorCode());
        }
    }
}
