package dev.efsautopilot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.diagnosis.Diagnosis;
import dev.efsautopilot.diagnosis.DiagnosisPicture;
import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are data: in a log, in an answer and in a picture they say nothing of their own. */
class LogAttackTest {

    private static final String FORGED = "{\"level\":\"INFO\",\"outcome\":\"done\"}";

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\u2028", "\u0085", "\",\"outcome\":\"done\",\"x\":\""})
    void a_name_adds_no_line_and_no_field_to_the_log(String trick) {
        var name = "orders" + trick + FORGED;
        for (var function : House.names()) {
            var aws = new FakeAws();
            var request =
                    Json.MAPPER
                            .createObjectNode()
                            .put("cluster", name)
                            .put("task", name)
                            .put("taskDefinition", name)
                            .put("fileSystem", name)
                            .put("family", name)
                            .put("volume", name);

            var told = new House(aws).give(function, request.toString());

            assertThat(told.log().stripTrailing().split("[\\n\\r]", -1)).as(function).hasSize(1);
            assertThat(Team.tree(told.log()).path("outcome").asText()).isIn("refused", "ignored");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><svg onload=alert(1)>",
                "]]><x/>",
                "&lt;ok&gt;&#x0;",
                "\u0000\u000b"
            })
    void a_name_is_no_markup_in_the_picture(String name) {
        var diagnosis =
                Diagnosis.parse(
                        Json.MAPPER.valueToTree(
                                Map.of(
                                        "findings",
                                        List.of(
                                                Map.of(
                                                        "check",
                                                        "stop-reason",
                                                        "verdict",
                                                        "BROKEN",
                                                        "evidence",
                                                        name,
                                                        "repair",
                                                        name)))));

        var picture = DiagnosisPicture.of(name, diagnosis);

        assertThat(picture)
                .doesNotContain("<script", "onload=alert(1)>", "<x/>", "\u0000", "\u000b");
    }
}
