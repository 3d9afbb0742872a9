package dev.efsautopilot.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * What AWS does not keep: JSON documents under a key, each with a version and an end of life. A
 * write says which version it replaces, which makes it a lock. Reads are consistent.
 */
public final class Ledger {

    private static final String KEY = "pk";
    private static final String BODY = "body";
    private static final String VERSION = "version";

    /** DynamoDB's time to live: seconds since the epoch. */
    private static final String EXPIRES = "expires";

    private final Supplier<DynamoDbClient> client;
    private final String table;

    Ledger(Supplier<DynamoDbClient> client, String table) {
        this.client = client;
        this.table = table;
    }

    /**
     * A document as it was read.
     *
     * @param key its key, e.g. {@code launch#arn:aws:ecs:…}
     * @param version grows by one with each write
     * @param body what it says
     */
    public record Entry(String key, long version, JsonNode body) {}

    /** The document under this key. */
    public Optional<Entry> read(String key) {
        var item =
                client.get()
                        .getItem(r -> r.tableName(table).key(key(key)).consistentRead(true))
                        .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(entry(key, item));
    }

    /** Those of the documents under these keys that are there; 100 keys at most. */
    public Map<String, Entry> readAll(Collection<String> keys) {
        var wanted =
                KeysAndAttributes.builder()
                        .keys(keys.stream().map(Ledger::key).toList())
                        .consistentRead(true)
                        .build();
        var answer = client.get().batchGetItem(r -> r.requestItems(Map.of(table, wanted)));
        var found = new HashMap<String, Entry>();
        for (var item : answer.responses().getOrDefault(table, List.of())) {
            var key = item.getOrDefault(KEY, text("")).s();
            found.put(key, entry(key, item));
        }
        // What the answer had no room for is read by itself.
        if (answer.unprocessedKeys().containsKey(table)) {
            keys.stream()
                    .filter(key -> !found.containsKey(key))
                    .forEach(key -> read(key).ifPresent(entry -> found.put(key, entry)));
        }
        return found;
    }

    /** Writes a document that is not there yet; false where it is. */
    public boolean create(String key, JsonNode body, Instant expires) {
        try {
            client.get()
                    .putItem(r ->
                            r.tableName(table)
                                    .item(item(key, body, 1, expires))
                                    .conditionExpression("attribute_not_exists(#pk)")
                                    .expressionAttributeNames(Map.of("#pk", KEY)));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    /** Writes a document over the version that was read; false where another writer was first. */
    public boolean replace(Entry read, JsonNode body, Instant expires) {
        try {
            client.get()
                    .putItem(r ->
                            r.tableName(table)
                                    .item(item(read.key(), body, read.version() + 1, expires))
                                    .conditionExpression("#version = :read")
                                    .expressionAttributeNames(Map.of("#version", VERSION))
                                    .expressionAttributeValues(
                                            Map.of(":read", number(read.version()))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    private static Entry entry(String key, Map<String, AttributeValue> item) {
        try {
            return new Entry(
                    key,
                    Long.parseLong(item.getOrDefault(VERSION, number(0)).n()),
                    Json.MAPPER.readTree(item.getOrDefault(BODY, text("{}")).s()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("ledger entry " + key + " is no JSON", e);
        }
    }

    private static Map<String, AttributeValue> item(
            String key, JsonNode body, long version, Instant expires) {
        return Map.of(
                KEY, text(key),
                BODY, text(body.toString()),
                VERSION, number(version),
                EXPIRES, number(expires.getEpochSecond()));
    }

    private static Map<String, AttributeValue> key(String key) {
        return Map.of(KEY, text(key));
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(String.valueOf(number));
    }
}
