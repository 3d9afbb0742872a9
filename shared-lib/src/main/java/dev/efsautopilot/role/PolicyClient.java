package dev.efsautopilot.role;

import dev.efsautopilot.aws.S3Files;
import java.util.Optional;

/**
 * Who mounts, as the policy of a file system sees it.
 *
 * @param role the ARN of the role; empty for an anonymous client
 * @param fileSystem the ARN of the file system
 * @param accessPoint the ARN of the access point; empty where a directory itself is mounted
 * @param encrypted whether through TLS
 */
record PolicyClient(
        Optional<String> role, String fileSystem, Optional<String> accessPoint, boolean encrypted) {

    /** The account of the role; "" for an anonymous client. */
    String account() {
        return role.map(arn -> arn.split(":", -1)[4]).orElse("");
    }

    /** As IAM names the service. */
    String service() {
        return S3Files.names(fileSystem) ? "s3files" : "elasticfilesystem";
    }

    /** The condition key of the access point. */
    String accessPointKey() {
        return service() + ":AccessPointArn";
    }

    /** The same with TLS. */
    PolicyClient withTls() {
        return new PolicyClient(role, fileSystem, accessPoint, true);
    }
}
