package dev.efsautopilot.aws;

/** What came of asking for a security group rule. */
public enum RuleMade {
    /** It is there now. */
    MADE,
    /** It was there already ({@code InvalidPermission.Duplicate}). */
    THERE,
    /** The group has all the rules that its quota allows. */
    FULL,
    /** One of the two groups is gone ({@code InvalidGroup.NotFound}). */
    GONE
}
