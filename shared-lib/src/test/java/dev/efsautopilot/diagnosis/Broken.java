package dev.efsautopilot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;

/**
 * One thing that a test breaks on purpose.
 *
 * @param check the check that finds it
 * @param what what is broken, in words
 * @param breaking breaks it
 */
record Broken(Check check, String what, Consumer<HealthyTask> breaking) {

    /** It is found by its check alone, is the cause, and comes with a repair. */
    void isTheCauseIn(HealthyTask task) {
        breaking.accept(task);
        var diagnosis = task.diagnosis();
        assertThat(diagnosis.cause()).as(what).map(Finding::check).contains(check);
        assertThat(diagnosis.cause()).map(Finding::repair).get().asString().isNotBlank();
        assertThat(diagnosis.findings()).filteredOn(finding -> finding.check() == check).hasSize(1);
    }

    @Override
    public String toString() {
        return check.word() + ": " + what;
    }
}
