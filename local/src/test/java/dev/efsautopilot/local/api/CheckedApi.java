package dev.efsautopilot.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.user.SignedHttp;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The deployed API, each answer of which is held against the document.
 *
 * @param http makes the calls
 * @param document says what the answers are
 */
public record CheckedApi(SignedHttp http, OpenApi document) {

    /** Makes one call; a body only where the method takes one. */
    public SignedHttp.Answer call(String method, String path, String body) {
        var answer = send(method, path, body, Map.of("Accept", "application/json"));
        try {
            return new SignedHttp.Answer(answer.status(), Json.MAPPER.readTree(answer.text()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gets a document of the media type that is asked for. */
    public SignedHttp.Document get(String path, String accept) {
        return send("GET", path, "", Map.of("Accept", accept));
    }

    /** Makes one call with these headers. */
    public SignedHttp.Document send(
            String method, String path, String body, Map<String, String> headers) {
        var answer = http.send(method, path, body, headers);
        assertThat(document.violations(method, path, answer.status(), answer.type(), answer.text()))
                .as("%s %s answers %s", method, path, answer)
                .isEmpty();
        return answer;
    }
}
