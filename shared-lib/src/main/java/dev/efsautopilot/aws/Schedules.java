package dev.efsautopilot.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;

/** One-off schedules of EventBridge Scheduler, which delete themselves after they fired. */
public final class Schedules {

    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Supplier<SchedulerClient> client;

    private final String group;
    private final String roleArn;
    private final String targetArn;
    private final String deadLettersArn;

    Schedules(
            Supplier<SchedulerClient> client,
            String group,
            String roleArn,
            String targetArn,
            String deadLettersArn) {
        this.client = client;
        this.group = group;
        this.roleArn = roleArn;
        this.targetArn = targetArn;
        this.deadLettersArn = deadLettersArn;
    }

    /**
     * Wakes the function once, at this time. The name is the idempotency key.
     *
     * @param name at most 64 characters out of letters, digits and {@code -_.}
     * @param at rounded up to a second, which is as exact as {@code at(…)} can be written
     * @param input the payload
     * @return false where a schedule of that name is there already
     */
    public boolean once(String name, Instant at, JsonNode input) {
        // Retries as in the template: an hour, and then it is for the dead letters.
        var second = at.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        try {
            client.get()
                    .createSchedule(r ->
                            r.groupName(group)
                                    .name(name)
                                    .scheduleExpression("at(" + AT.format(second) + ")")
                                    .scheduleExpressionTimezone("UTC")
                                    .actionAfterCompletion(ActionAfterCompletion.DELETE)
                                    .flexibleTimeWindow(w -> w.mode(FlexibleTimeWindowMode.OFF))
                                    .target(t ->
                                            t.arn(targetArn)
                                                    .roleArn(roleArn)
                                                    .input(input.toString())
                                                    .retryPolicy(p ->
                                                            p.maximumRetryAttempts(20)
                                                                    .maximumEventAgeInSeconds(3600))
                                                    .deadLetterConfig(d -> d.arn(deadLettersArn))));
            return true;
        } catch (ConflictException _) {
            return false;
        }
    }
}
