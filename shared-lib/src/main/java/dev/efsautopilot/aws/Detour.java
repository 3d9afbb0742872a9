package dev.efsautopilot.aws;

import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The HTTP client of every SDK client, made at the first call. During a rehearsal it sends every
 * request elsewhere; there is no other way out, so nothing reaches AWS then.
 */
final class Detour implements SdkHttpClient {

    private final Supplier<SdkHttpClient> road;
    private volatile @Nullable URI stage;

    Detour(Supplier<SdkHttpClient> road) {
        this.road = new Lazy<>(road);
    }

    void detour(URI to, Runnable rehearsal) {
        stage = to;
        try {
            rehearsal.run();
        } finally {
            stage = null;
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        var to = stage;
        return road.get().prepareRequest(to == null ? request : turned(request, to));
    }

    private static HttpExecuteRequest turned(HttpExecuteRequest request, URI to) {
        var turned =
                HttpExecuteRequest.builder()
                        .request(
                                request.httpRequest().toBuilder()
                                        .protocol(to.getScheme())
                                        .host(to.getHost())
                                        .port(to.getPort())
                                        .build());
        request.contentStreamProvider().ifPresent(turned::contentStreamProvider);
        request.metricCollector().ifPresent(turned::metricCollector);
        return turned.build();
    }

    @Override
    public String clientName() {
        return "UrlConnection";
    }

    @Override
    public void close() {
        road.get().close();
    }
}
