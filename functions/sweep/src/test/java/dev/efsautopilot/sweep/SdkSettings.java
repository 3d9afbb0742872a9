package dev.efsautopilot.sweep;

import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A region and credentials for the SDK, which has none of its own in a test. */
final class SdkSettings implements BeforeAllCallback, AfterAllCallback {

    private static final Map<String, String> SDK =
            Map.of(
                    "aws.region", "eu-west-1",
                    "aws.accessKeyId", "test",
                    "aws.secretAccessKey", "test");

    @Override
    public void beforeAll(ExtensionContext context) {
        SDK.forEach(System::setProperty);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        SDK.keySet().forEach(System::clearProperty);
    }
}
