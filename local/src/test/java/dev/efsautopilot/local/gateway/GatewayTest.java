package dev.efsautopilot.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.efsautopilot.local.tasks.LifecycleTimes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayTest {
    private final CopyOnWriteArrayList<String> received = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer ministack;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        ministack =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ministack.createContext(
                "/",
                exchange -> {
                    var body = exchange.getRequestBody().readAllBytes();
                    received.add(
                            exchange.getRequestMethod()
                                    + " "
                                    + exchange.getRequestURI()
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("X-Amz-Meta-A")
                                    + " "
                                    + body.length);
                    exchange.getResponseHeaders().add("ETag", "\"e\"");
                    if (exchange.getRequestMethod().equals("HEAD")) {
                        exchange.getResponseHeaders().add("Content-Length", "12345");
                    }
                    exchange.sendResponseHeaders(
                            exchange.getRequestURI().getPath().equals("/gone") ? 404 : 200, -1);
                    exchange.close();
                });
        ministack.start();
        gateway =
                Gateway.start(
                        new GatewayOptions(
                                URI.create("http://127.0.0.1:" + ministack.getAddress().getPort()),
                                "eu-west-1",
                                "000000000000",
                                "local.aws",
                                LifecycleTimes.tests(),
                                Map.of()));
    }

    @AfterEach
    void stop() {
        gateway.close();
        ministack.stop(0);
    }

    @Test
    void a_call_passes_through_whole_and_is_recorded() throws Exception {
        var answer =
                send(
                        HttpRequest.newBuilder(
                                        gateway.endpoint().resolve("/b/k%2F%20x?partNumber=1"))
                                .header("X-Amz-Meta-A", "b")
                                .header(
                                        "Authorization",
                                        "Credential=test/20261123/eu-west-1/s3/aws4_request")
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[3_000_000])));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"e\"");
        assertThat(received).containsExactly("PUT /b/k%2F%20x?partNumber=1 b 3000000");
        assertThat(gateway.calls().of("s3", "PUT")).hasSize(1);
        assertThat(gateway.calls().by("user")).hasSize(1);
    }

    @Test
    void an_error_of_ministack_comes_back_as_it_is() throws Exception {
        var answer =
                send(
                        HttpRequest.newBuilder(gateway.endpoint().resolve("/gone"))
                                .method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void the_length_of_an_object_comes_back_from_a_head() throws Exception {
        var answer =
                send(
                        HttpRequest.newBuilder(gateway.endpoint().resolve("/object"))
                                .method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.headers().firstValue("Content-Length")).hasValue("12345");
    }

    @Test
    void the_record_is_shown_over_http_and_controls_are_not_in_it() throws Exception {
        var answer = send(HttpRequest.newBuilder(gateway.endpoint().resolve("/_local/calls")));

        assertThat(answer.body()).isEqualTo("{\"calls\":[]}");
    }

    @Test
    void a_control_of_no_task_says_so() throws Exception {
        var answer =
                send(
                        HttpRequest.newBuilder(gateway.endpoint().resolve("/_local/tasks/spot"))
                                .POST(HttpRequest.BodyPublishers.ofString("{\"task\":\"x\"}")));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("there is no task x");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
