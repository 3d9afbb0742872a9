package dev.efsautopilot.aws;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** A ledger on a table that keeps the two conditions that the ledger writes under. */
public final class LedgerInMemory {

    private final Map<String, Map<String, AttributeValue>> items = new HashMap<>();

    /** The ledger. */
    public Ledger ledger() {
        var client = mock(DynamoDbClient.class, CALLS_REAL_METHODS);
        doAnswer(call -> put(call.getArgument(0))).when(client).putItem(any(PutItemRequest.class));
        doAnswer(call ->
                        GetItemResponse.builder()
                                .item(items.get(key(call.<GetItemRequest>getArgument(0).key())))
                                .build())
                .when(client)
                .getItem(any(GetItemRequest.class));
        return new Ledger(() -> client, "ledger");
    }

    /** The texts of the documents. */
    public String bodies() {
        return items.values().stream().map(item -> item.get("body")).toList().toString();
    }

    private synchronized PutItemResponse put(PutItemRequest request) {
        var there = items.get(key(request.item()));
        var read =
                request.hasExpressionAttributeValues()
                        ? request.expressionAttributeValues().get(":read")
                        : null;
        var version = there == null ? null : there.get("version");
        if (!Objects.equals(version, read)) {
            throw ConditionalCheckFailedException.builder().message("another was first").build();
        }
        items.put(key(request.item()), request.item());
        return PutItemResponse.builder().build();
    }

    private static String key(Map<String, AttributeValue> item) {
        return Objects.requireNonNull(item.get("pk")).s();
    }
}
