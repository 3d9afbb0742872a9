package dev.efsautopilot.accesspoints;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.Bus;
import dev.efsautopilot.plan.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells on the bus what came of a request.
 *
 * @param bus where it is told
 */
record TellAccessPoint(Bus bus) {

    void ready(AccessPointPlan plan, AccessPoint made, Optional<String> correlationId) {
        var detail = new HashMap<String, Object>(plan.result(made));
        detail.put("family", plan.request().family());
        detail.put("volume", plan.request().volume());
        tell("Access Point Ready", List.of(made.arn()), detail, correlationId);
    }

    void refused(Refusal refusal, Optional<String> correlationId) {
        var detail =
                new HashMap<String, Object>(
                        Map.of(
                                "field", refusal.field(),
                                "problem", refusal.problem(),
                                "remedy", refusal.remedy()));
        tell("Access Point Refused", List.of(), detail, correlationId);
    }

    private void tell(
            String detailType,
            List<String> resources,
            Map<String, Object> detail,
            Optional<String> correlationId) {
        correlationId.ifPresent(id -> detail.put("correlationId", id));
        bus.tell(detailType, resources, detail);
    }
}
