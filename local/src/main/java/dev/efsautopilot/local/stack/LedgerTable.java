package dev.efsautopilot.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.efsautopilot.local.call.Json;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The deployed ledger, in the hands of somebody who looks into it and meddles with it. */
public final class LedgerTable {

    private final DynamoDbClient client;
    private final String table;

    /** The ledger of what is deployed there. */
    public LedgerTable(LocalAws aws) {
        this.table = aws.outputs().getOrDefault("LedgerTable", "");
        this.client = aws.client(DynamoDbClient.builder());
    }

    /** What a record says; a missing node where there is none. */
    public JsonNode read(String key) {
        var item =
                client.getItem(r -> r.tableName(table).consistentRead(true).key(key(key))).item();
        return item.containsKey("body")
                ? Json.parse(item.get("body").s())
                : MissingNode.getInstance();
    }

    /** Puts a record whose body may be no JSON. */
    public void put(String key, String body) {
        var item =
                Map.of(
                        "pk",
                        AttributeValue.fromS(key),
                        "body",
                        AttributeValue.fromS(body),
                        "version",
                        AttributeValue.fromN("1"));
        client.putItem(r -> r.tableName(table).item(item));
    }

    /** Deletes a record, if it is there. */
    public void delete(String key) {
        client.deleteItem(r -> r.tableName(table).key(key(key)));
    }

    private static Map<String, AttributeValue> key(String key) {
        return Map.of("pk", AttributeValue.fromS(key));
    }
}
