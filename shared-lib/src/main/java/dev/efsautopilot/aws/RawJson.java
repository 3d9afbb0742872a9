package dev.efsautopilot.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends and receives a call's JSON as it is, so that fields which this SDK has never heard of
 * survive. Everything else (signing, retries, errors) stays the SDK's.
 */
final class RawJson implements ExecutionInterceptor {

    private static final ExecutionAttribute<byte[]> BODY = new ExecutionAttribute<>("rawBody");
    private static final ExecutionAttribute<AtomicReference<byte[]>> ANSWER =
            new ExecutionAttribute<>("rawAnswer");

    /** A call of the SDK, given what makes it raw. */
    interface Call {
        void with(Consumer<AwsRequestOverrideConfiguration.Builder> raw);
    }

    /** Makes a call with this JSON as its body, and gives the JSON that came back. */
    static JsonNode call(JsonNode body, Call call) {
        var answer = new AtomicReference<>(new byte[] {'{', '}'});
        call.with(raw ->
                raw.putExecutionAttribute(BODY, body.toString().getBytes(StandardCharsets.UTF_8))
                        .putExecutionAttribute(ANSWER, answer));
        try {
            return Json.MAPPER.readTree(answer.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(
            Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        var body = attributes.getAttribute(BODY);
        return body == null
                ? context.httpRequest()
                : context.httpRequest().toBuilder()
                        .putHeader("Content-Length", String.valueOf(body.length))
                        .build();
    }

    @Override
    public Optional<RequestBody> modifyHttpContent(
            Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        var body = attributes.getAttribute(BODY);
        return body == null ? context.requestBody() : Optional.of(RequestBody.fromBytes(body));
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        var answer = attributes.getAttribute(ANSWER);
        if (answer == null || !context.httpResponse().isSuccessful()) {
            return context.responseBody();
        }
        return context.responseBody().map(stream -> kept(stream, answer));
    }

    private static InputStream kept(InputStream stream, AtomicReference<byte[]> answer) {
        try (stream) {
            answer.set(stream.readAllBytes());
            return new ByteArrayInputStream(answer.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
