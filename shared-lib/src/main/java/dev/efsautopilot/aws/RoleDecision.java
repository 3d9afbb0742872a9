package dev.efsautopilot.aws;

/** What the policies of a role say of an action. */
public enum RoleDecision {
    /** They allow it. */
    ALLOWED,
    /** None allows it. */
    NOT_ALLOWED,
    /** One denies it, or a boundary of the role or of its account does not let it. */
    DENIED
}
