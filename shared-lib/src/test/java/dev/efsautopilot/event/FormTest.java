package dev.efsautopilot.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

    private static final Form FORM =
            Form.texts("cluster").truths("stop").lists("tasks").counts("limit");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"cluster\":\"a\",\"stop\":true,\"tasks\":[\"b\"],\"limit\":100}",
                "{\"stop\":\"false\",\"tasks\":[],\"limit\":\"7\"}"
            })
    void what_fits_is_taken(String request) throws JsonProcessingException {
        assertThat(check(request)).isEqualTo(Result.ok(Json.MAPPER.readTree(request)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"clutser\":\"a\"}  | clutser",
                "{\"dryrun\":true}    | dryrun",
                "{\"cluster\":7}      | cluster",
                "{\"cluster\":\" \"}  | cluster",
                "{\"cluster\":null}   | cluster",
                "{\"stop\":\"no\"}    | stop",
                "{\"stop\":1}         | stop",
                "{\"tasks\":\"a\"}    | tasks",
                "{\"tasks\":[7]}      | tasks",
                "{\"limit\":0}        | limit",
                "{\"limit\":101}      | limit",
                "{\"limit\":[7]}      | limit",
                "{\"limit\":\"1e1\"}  | limit"
            })
    void an_unknown_field_and_a_wrong_type_are_refused_by_name(String request, String field)
            throws JsonProcessingException {
        var refusal = ((Result.Refused<JsonNode>) check(request)).refusal();

        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal.remedy()).isNotBlank();
    }

    private static Result<JsonNode> check(String request) throws JsonProcessingException {
        return FORM.check(Json.MAPPER.readTree(request));
    }
}
