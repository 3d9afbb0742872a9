package dev.efsautopilot.local.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.stack.LocalAws;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Somebody who looks into the ledger, and deletes records of it. */
final class LedgerHand {

    private final DynamoDbClient client;
    private final String table;

    LedgerHand(LocalAws aws) {
        this.table = aws.outputs().getOrDefault("LedgerTable", "");
        this.client =
                DynamoDbClient.builder()
                        .endpointOverride(aws.endpoint())
                        .region(Region.of(LocalAws.REGION))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("test", "test")))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build();
    }

    /**
     * Whether a task waits to be run again until somebody tells how it was launched. Its record may
     * be a quarter of an hour late; then the task is given up.
     *
     * @param root the ARN of the first task of its lineage
     */
    boolean waitsForItsLaunch(String root) {
        var id = root.substring(root.lastIndexOf('/') + 1);
        var attempts = read("lineage#" + id).path("attempts");
        var last = attempts.path(attempts.size() - 1);
        return last.isObject()
                && !last.has("task")
                && !last.has("dropped")
                && read("launch#" + last.path("after").asText()).isMissingNode();
    }

    private JsonNode read(String key) {
        var item =
                client.getItem(r -> r.tableName(table).consistentRead(true).key(key(key))).item();
        return item.containsKey("body")
                ? Json.parse(item.get("body").s())
                : MissingNode.getInstance();
    }

    private static Map<String, AttributeValue> key(String key) {
        return Map.of("pk", AttributeValue.fromS(key));
    }

    void delete(String key) {
        client.deleteItem(r -> r.tableName(table).key(key(key)));
    }
}
