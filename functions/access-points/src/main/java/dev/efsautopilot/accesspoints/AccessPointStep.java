package dev.efsautopilot.accesspoints;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.plan.Step;
import dev.efsautopilot.storage.AccessPointWish;

/** The one thing that a request comes to. */
sealed interface AccessPointStep extends Step {

    /** Makes an access point, or finds the one that was made for the same wish. */
    record CreateAccessPoint(AccessPointWish wish, String why) implements AccessPointStep {}

    /** Gives one that is there, and changes nothing of it. */
    record AdoptAccessPoint(AccessPoint accessPoint, String why) implements AccessPointStep {}
}
