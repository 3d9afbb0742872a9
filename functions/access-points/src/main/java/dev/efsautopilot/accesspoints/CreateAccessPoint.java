package dev.efsautopilot.accesspoints;

import dev.efsautopilot.plan.Step;
import dev.efsautopilot.storage.AccessPointWish;

/** Makes an access point, or finds the one that was made for the same wish. */
record CreateAccessPoint(AccessPointWish wish, String why) implements Step {}
