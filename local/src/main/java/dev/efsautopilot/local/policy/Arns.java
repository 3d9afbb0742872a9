package dev.efsautopilot.local.policy;

/** The ARNs of an account in a region. */
record Arns(String region, String account) {

    /** An ARN of this service. */
    String of(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }

    /** The ARN of what a request names by its name or by its ARN. */
    String named(String service, String type, String name) {
        return name.startsWith("arn:") ? name : of(service, type + name);
    }

    /** A role by its name. */
    String role(String name) {
        return "arn:aws:iam::" + account + ":role/" + name;
    }

    /** An EFS file system; {@code *} for all of them, as the EFS User Guide writes it. */
    String fileSystem(String id) {
        return of("elasticfilesystem", "file-system/" + (id.isEmpty() ? "*" : id));
    }
}
