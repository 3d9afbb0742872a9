package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.stack.LocalAws;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file of {@code events/} at the functions that its README sends it to. */
@ExtendWith(Site.Given.class)
class EventsIT {

    private static final Pattern COMMAND =
            Pattern.compile("sam local invoke (\\w+)Function --event events/([\\w-]+\\.json)");

    private final HttpClient http = HttpClient.newHttpClient();

    static Stream<Arguments> commands() throws IOException {
        return COMMAND.matcher(Files.readString(Site.ROOT.resolve("events/README.md")))
                .results()
                .map(command -> Arguments.of(name(command.group(1)), command.group(2)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_function_answers_its_event_with_an_outcome(String function, String file, Site site)
            throws IOException, InterruptedException {
        var answer =
                http.send(
                        HttpRequest.newBuilder(
                                        site.aws()
                                                .endpoint()
                                                .resolve(
                                                        "/2015-03-31/functions/%s/invocations?Qualifier=live"
                                                                .formatted(function)))
                                .header(
                                        "Authorization",
                                        "AWS4-HMAC-SHA256 Credential=test/20260101/%s/lambda/aws4_request, SignedHeaders=host, Signature=0"
                                                .formatted(LocalAws.REGION))
                                .POST(BodyPublishers.ofString(ofTheSite(file)))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Amz-Function-Error")).as(answer.body()).isEmpty();
        var body = Json.MAPPER.readTree(answer.body());
        if (file.startsWith("http-")) {
            assertThat(body.path("statusCode").asInt()).as(answer.body()).isLessThan(500);
        } else {
            assertThat(body.path("outcome").asText())
                    .as(answer.body())
                    .isIn("ignored", "refused", "unchanged", "planned", "done");
        }
    }

    /** An event of the account that the site is. */
    private static String ofTheSite(String file) throws IOException {
        return Files.readString(Site.ROOT.resolve("events/" + file))
                .replace("123456789012", LocalAws.ACCOUNT);
    }

    /** {@code TaskRerun} is {@code ecs-efs-autopilot-task-rerun}. */
    private static String name(String logicalId) {
        return Arrays.stream(logicalId.split("(?=[A-Z])"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("-", "ecs-efs-autopilot-", ""));
    }
}
