package dev.efsautopilot.plan;

/**
 * One step of a plan: a record that says what to do and is executed, printed, logged and compared
 * in tests. Its name in JSON is the record's simple name.
 */
public interface Step {

    /** Why it is done, in words for the owner of what it touches. */
    String why();
}
