package dev.efsautopilot.local.it;

/**
 * A lab whose volume is on S3 Files, with a mount target and an access point there.
 *
 * @param lab the VPC, the groups and the roles
 * @param fileSystem the file system's ARN
 * @param accessPoint the access point's ARN
 */
record S3FilesLab(Lab lab, Wire wire, String fileSystem, String accessPoint) {

    static S3FilesLab of(Site site, String name) {
        var lab = new Lab(site, name);
        var wire = new Wire(site);
        var fileSystem = make(wire);
        wire.s3Files(
                "/mount-targets",
                """
                {"fileSystemId": "%s", "subnetId": "%s", "securityGroups": ["%s"]}
                """
                        .formatted(fileSystem, lab.targets, lab.nfsGroup));
        var accessPoint =
                wire.s3Files(
                                "/access-points",
                                """
                                {"fileSystemId": "%s", "posixUser": {"uid": 999, "gid": 999},
                                 "rootDirectory": {"path": "/data", "creationPermissions":
                                   {"ownerUid": 999, "ownerGid": 999, "permissions": "0750"}}}
                                """
                                        .formatted(fileSystem))
                        .path("accessPointArn")
                        .asText();
        var made = new S3FilesLab(lab, wire, fileSystem, accessPoint);
        made.letRoleMount();
        return made;
    }

    private static String make(Wire wire) {
        return wire.s3Files("/file-systems", "{}").path("fileSystemArn").asText();
    }

    /** A file system without a mount target. */
    String bareFileSystem() {
        return make(wire);
    }

    void letRoleMount() {
        var document =
                """
                {"Statement": [{"Effect": "Allow", "Action": "s3files:Client*", "Resource": "%s"}]}
                """
                        .formatted(fileSystem);
        lab.iam.putRolePolicy(
                r -> r.roleName(lab.roleName).policyName("s3files").policyDocument(document));
    }

    void letRoleDoNothing() {
        lab.iam.deleteRolePolicy(r -> r.roleName(lab.roleName).policyName("s3files"));
    }

    /** Replaces the policy of the file system; "" for one that says nothing. */
    void policy(String statement) {
        var quoted = statement.replace("\"", "\\\"");
        wire.s3Files(
                fileSystem.replaceFirst(".*:file-system/", "/file-systems/") + "/policy",
                "{\"policy\": \"{\\\"Statement\\\": [" + quoted + "]}\"}");
    }

    /** A task definition that mounts this file system, through this access point. */
    String register(String family, String fileSystemArn, String accessPointArn) {
        return wire.ecs(
                        "RegisterTaskDefinition",
                        """
                        {"family": "%s", "networkMode": "awsvpc", "cpu": "256", "memory": "512",
                         "requiresCompatibilities": ["FARGATE"], "taskRoleArn": "%s",
                         "containerDefinitions": [{"name": "app", "image": "postgres:17",
                           "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}],
                         "volumes": [{"name": "data", "s3filesVolumeConfiguration":
                           {"fileSystemArn": "%s", "accessPointArn": "%s"}}]}
                        """
                                .formatted(family, lab.role, fileSystemArn, accessPointArn))
                .at("/taskDefinition/taskDefinitionArn")
                .asText();
    }
}
