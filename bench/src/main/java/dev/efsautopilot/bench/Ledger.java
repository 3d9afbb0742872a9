package dev.efsautopilot.bench;

import dev.efsautopilot.local.stack.LocalAws;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The functions' table, as the template makes it. */
final class Ledger {

    static final String TABLE = "bench-ledger";

    private Ledger() {}

    static void make(LocalAws aws) {
        try (var client = aws.client(DynamoDbClient.builder())) {
            client.createTable(r ->
                    r.tableName(TABLE)
                            .billingMode(BillingMode.PAY_PER_REQUEST)
                            .attributeDefinitions(
                                    AttributeDefinition.builder()
                                            .attributeName("pk")
                                            .attributeType(ScalarAttributeType.S)
                                            .build())
                            .keySchema(
                                    KeySchemaElement.builder()
                                            .attributeName("pk")
                                            .keyType(KeyType.HASH)
                                            .build()));
        }
    }
}
