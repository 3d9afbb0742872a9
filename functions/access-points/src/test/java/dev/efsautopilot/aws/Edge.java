package dev.efsautopilot.aws;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** AWS access on clients that a test gives. */
public final class Edge {

    private Edge() {}

    /** Amazon EFS. */
    public static Efs efs(EfsClient client) {
        return new Efs(() -> client);
    }

    /** The ledger. */
    public static Ledger ledger(DynamoDbClient client) {
        return new Ledger(() -> client, "ledger");
    }

    /** The bus. */
    public static Bus bus(EventBridgeClient client) {
        return new Bus(() -> client, "default");
    }
}
