package dev.efsautopilot.storage;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.aws.NewAccessPoints;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.intent.PosixId;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Makes the access point that was asked for, once, however often and by however many. */
public final class AccessPoints {

    private final NewAccessPoints efs;
    private final UserIds userIds;
    private final Map<String, String> stackTags;

    /**
     * @param range what {@code uid=auto} chooses from
     * @param stackTags what every access point has besides its own tags
     */
    public AccessPoints(
            NewAccessPoints efs,
            Ledger ledger,
            Settings.IdRange range,
            Map<String, String> stackTags) {
        this.efs = efs;
        this.userIds = new UserIds(ledger, range);
        this.stackTags = Map.copyOf(stackTags);
    }

    /**
     * The access point, made now or before; one call of EFS where it is made, two where it is
     * there.
     *
     * @param requestedBy what asked for it, for its tag
     * @throws NotYet where it can't be used yet
     */
    public Result<AccessPoint> ensure(AccessPointWish wish, String requestedBy, Instant now) {
        return user(wish, now).then(uid -> ensure(wish.spec(uid), requestedBy));
    }

    private Result<Long> user(AccessPointWish wish, Instant now) {
        return switch (wish.owner().uid()) {
            case PosixId.Given(var id) -> Result.ok(id);
            case PosixId.Auto() -> userIds.of(wish, now);
        };
    }

    private Result<AccessPoint> ensure(AccessPointSpec spec, String requestedBy) {
        var tags = new HashMap<>(stackTags);
        tags.putAll(spec.tags(requestedBy));
        return efs.make(spec.token(), spec.root(), tags)
                .then(accessPoint -> verified(spec, accessPoint));
    }

    /** One that was there before is used only where it is what was asked for. */
    private static Result<AccessPoint> verified(AccessPointSpec spec, AccessPoint accessPoint) {
        if (!AccessPointSpec.normal(accessPoint.root()).equals(spec.root())
                || !spec.stack().equals(accessPoint.tags().get("efs-autopilot/managed"))) {
            return Result.refused(
                    Refusal.conflict(
                            accessPoint.id(),
                            "has the token of what was asked for and is something else",
                            "delete that access point, whose data stays, and ask again"));
        }
        return Admission.usable(accessPoint);
    }
}
