package dev.efsautopilot.taskrerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.event.Triggers;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.rerun.Rerun;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRerunFunctionTest {

    private final Rerun rerun = mock(Rerun.class);
    private final TaskRerunFunction function = new TaskRerunFunction(rerun, Optional.empty());

    private static Trigger trigger(String event) throws JsonProcessingException {
        return Triggers.parse(Json.MAPPER.readTree(event));
    }

    @Test
    void a_request_runs_the_task_again() throws JsonProcessingException {
        function.on(trigger("{\"cluster\":\"prod\",\"task\":\"t\",\"dryRun\":true}"));

        verify(rerun).byHand("prod", "t", true);
    }

    @Test
    void a_request_to_stop_ends_the_lineage() throws JsonProcessingException {
        function.on(trigger("{\"cluster\":\"prod\",\"task\":\"t\",\"stop\":true}"));

        verify(rerun).stopRerunning("prod", "t", false);
    }

    @Test
    void a_stop_is_believed_of_aws_and_looked_up_of_anybody_else() throws JsonProcessingException {
        var event =
                """
                {"detail-type":"ECS Task State Change","source":"%s",
                 "detail":{"taskArn":"t","clusterArn":"c","lastStatus":"STOPPED"}}\
                """;
        function.on(trigger(event.formatted("aws.ecs")));
        verify(rerun).stopped(any(), eq(false));

        function.on(trigger(event.formatted("local.aws")));
        verify(rerun).toldStopped(any());
        verifyNoMoreInteractions(rerun);
    }

    @Test
    void a_schedule_wakes_the_attempt_that_it_names() throws JsonProcessingException {
        function.on(
                trigger(
                        """
                        {"detail-type":"Rerun Due","source":"efs-autopilot","id":"1",
                         "detail":{"task":"t","cluster":"c","attempt":2}}\
                        """));

        verify(rerun).due("c", "t", 2);
    }

    @Test
    void a_request_without_a_task_is_refused() throws JsonProcessingException {
        assertThat(function.on(trigger("{\"cluster\":\"prod\"}")))
                .isInstanceOf(Outcome.Refused.class);
        verifyNoInteractions(rerun);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"detail-type\":\"Rerun Due\",\"source\":\"efs-autopilot\",\"detail\":{}}",
                "{\"detail-type\":\"Another\",\"source\":\"efs-autopilot\",\"detail\":{}}",
                "{\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\",\"detail\":{}}"
            })
    void what_is_not_for_it_costs_nothing(String event) throws JsonProcessingException {
        assertThat(function.on(trigger(event))).isInstanceOf(Outcome.Ignored.class);
        verifyNoInteractions(rerun);
    }
}
