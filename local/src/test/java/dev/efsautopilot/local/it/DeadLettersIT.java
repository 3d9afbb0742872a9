package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.json.Sha256;
import dev.efsautopilot.local.stack.LedgerTable;
import dev.efsautopilot.local.user.Await;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

@ExtendWith(Site.Given.class)
class DeadLettersIT {

    private static final String FAMILY = "dead-letters";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void an_event_that_can_t_be_taken_is_tried_three_times_and_kept(Site site) {
        var fileSystem = site.team("dead").world().fileSystem();
        var detail =
                Json.MAPPER
                        .createObjectNode()
                        .put("fileSystem", fileSystem)
                        .put("family", FAMILY)
                        .put("volume", "data")
                        .put("uid", "auto");
        spoil(site, fileSystem);

        var entry =
                PutEventsRequestEntry.builder()
                        .source("efs-autopilot.request")
                        .detailType("Access Point Requested")
                        .detail(detail.toString())
                        .build();
        site.user().events().putEvents(r -> r.entries(entry));

        var letters = new DeadLetters(site.aws());
        var kept =
                Await.until(
                        "the dead letter", SOON, () -> letters.about(FAMILY).stream().findFirst());
        assertThat(kept.at("/requestContext/condition").textValue()).isEqualTo("RetriesExhausted");
        assertThat(kept.at("/requestContext/functionArn").textValue()).contains("-access-points:");
        assertThat(kept.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
        assertThat(kept.at("/requestPayload/detail")).isEqualTo(detail);
        assertThat(kept.at("/responsePayload/errorMessage").textValue()).contains("is no JSON");
    }

    /** The reservation of the first uid that the function would choose can't be read. */
    private static void spoil(Site site, String fileSystem) {
        var hash = new BigInteger(Sha256.of(fileSystem + "/" + FAMILY + "/data"), 16);
        var uid = 50_000 + hash.mod(BigInteger.valueOf(10_000)).intValue();
        new LedgerTable(site.aws()).put("uid#" + fileSystem + "#" + uid, "{oops");
    }
}
