package dev.efsautopilot.local.call;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP request as it arrived.
 *
 * @param path the path, still percent-encoded
 * @param query the query string, still percent-encoded, empty where there is none
 * @param headers by name, whatever its case
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; never compared
public record Request(
        String method, String path, String query, Map<String, List<String>> headers, byte[] body) {

    public Request {
        var sorted = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = sorted;
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name))
                .flatMap(values -> values.stream().findFirst());
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The same request with another body. */
    public Request withBody(String text) {
        return new Request(method, path, query, headers, text.getBytes(StandardCharsets.UTF_8));
    }
}
