package dev.efsautopilot.local.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.CallParser;
import dev.efsautopilot.local.call.Request;
import dev.efsautopilot.local.stack.LocalAws;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The network of somebody whose policy lacks one action: AWS denies it, in the words of the
 * service, and answers all else.
 *
 * @param action as IAM names it, e.g. {@code ec2:DescribeVpcs}
 */
record DenyingHttp(SdkHttpClient http, String action) implements SdkHttpClient {

    private static final CallParser PARSER =
            new CallParser("000000000000", LocalAws.REGION, Map.of());

    static DenyingHttp of(String action) {
        return new DenyingHttp(UrlConnectionHttpClient.create(), action);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        var call = PARSER.parse(request(request));
        var service = call.service().equals("monitoring") ? "cloudwatch" : call.service();
        return action.equals(service + ":" + call.operation())
                ? new Denied(call)
                : http.prepareRequest(request);
    }

    @Override
    public void close() {
        http.close();
    }

    private static Request request(HttpExecuteRequest request) {
        var to = request.httpRequest();
        return new Request(
                to.method().name(),
                to.encodedPath(),
                to.encodedQueryParameters().orElse(""),
                to.headers(),
                request.contentStreamProvider().map(DenyingHttp::read).orElse(new byte[0]));
    }

    private static byte[] read(ContentStreamProvider body) {
        try (var stream = body.newStream()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Denied(AwsCall request) implements ExecutableHttpRequest {

        @Override
        public HttpExecuteResponse call() {
            return switch (request.service()) {
                case "ec2" ->
                        answer(
                                403,
                                "",
                                "<Response><Errors><Error><Code>UnauthorizedOperation</Code>"
                                        + "</Error></Errors></Response>");
                case "iam", "monitoring" ->
                        answer(
                                403,
                                "",
                                "<ErrorResponse><Error><Code>AccessDenied</Code></Error>"
                                        + "</ErrorResponse>");
                case "ecs" -> answer(400, "", "{\"__type\": \"AccessDeniedException\"}");
                default -> answer(403, "AccessDeniedException", "{}");
            };
        }

        private static HttpExecuteResponse answer(int status, String type, String body) {
            var response = SdkHttpResponse.builder().statusCode(status);
            if (!type.isEmpty()) {
                response.putHeader("x-amzn-ErrorType", type);
            }
            var stream = new ByteArrayInputStream(body.getBytes(UTF_8));
            return HttpExecuteResponse.builder()
                    .response(response.build())
                    .responseBody(AbortableInputStream.create(stream))
                    .build();
        }

        @Override
        public void abort() {
            // Nothing is under way.
        }
    }
}
