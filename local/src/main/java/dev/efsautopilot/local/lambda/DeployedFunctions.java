package dev.efsautopilot.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Reads {@code GetFunctionConfiguration} from the emulator, past the gateway and its record. */
public final class DeployedFunctions implements FunctionCatalog {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI emulator;
    private final String region;

    /**
     * A catalog of what an emulator has deployed.
     *
     * @param emulator the emulator's own endpoint
     * @param region the region the functions are in
     */
    public DeployedFunctions(URI emulator, String region) {
        this.emulator = emulator;
        this.region = region;
    }

    @Override
    public FunctionSpec describe(FunctionVersion wanted) {
        String path =
                "/2015-03-31/functions/%s/configuration?Qualifier=%s"
                        .formatted(wanted.name(), encode(wanted.version()));
        try {
            var request =
                    HttpRequest.newBuilder(emulator.resolve(path))
                            .timeout(Duration.ofSeconds(10))
                            // The emulator takes the region from here and checks no signature.
                            .header(
                                    "Authorization",
                                    "AWS4-HMAC-SHA256 Credential=local/20260101/%s/lambda/aws4_request, SignedHeaders=host, Signature=0"
                                            .formatted(region))
                            .build();
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new UnknownFunctionException(wanted, response.body());
            }
            return spec(wanted, json.readTree(response.body()));
        } catch (IOException e) {
            throw new UnknownFunctionException(wanted, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownFunctionException(wanted, "interrupted");
        }
    }

    private static FunctionSpec spec(FunctionVersion wanted, JsonNode configuration) {
        Map<String, String> environment = new HashMap<>();
        configuration
                .at("/Environment/Variables")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        return new FunctionSpec(
                wanted.name(),
                wanted.version(),
                configuration.path("FunctionArn").asText(),
                configuration.path("Role").asText(),
                configuration.path("Handler").asText(),
                Duration.ofSeconds(configuration.path("Timeout").asLong(3)),
                configuration.path("MemorySize").asInt(128),
                environment);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
