package dev.efsautopilot.local.soak;

import dev.efsautopilot.local.stack.LocalAws;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Somebody who deletes records of the ledger. */
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

    void delete(String key) {
        client.deleteItem(r -> r.tableName(table).key(Map.of("pk", AttributeValue.fromS(key))));
    }
}
