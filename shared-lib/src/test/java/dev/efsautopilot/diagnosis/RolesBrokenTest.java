package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.role.MountPermission;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who lacks what the mount, the agent or the containers need is found and is the cause. */
final class RolesBrokenTest {

    static Stream<Broken> roles() {
        return Stream.of(
                new Broken(
                        Check.EXECUTION_ROLE,
                        "secrets and no execution role",
                        w ->
                                w.definition =
                                        w.definition
                                                .replace("executionRoleArn", "x")
                                                .replace(
                                                        "\"app\",", "\"app\", \"secrets\": [{}],")),
                new Broken(
                        Check.EXECUTION_ROLE,
                        "an execution role that is not there",
                        w -> w.executionRole = new Known<>(Optional.empty())),
                new Broken(
                        Check.EXECUTION_ROLE,
                        "one that ECS may not assume",
                        w ->
                                w.executionRole =
                                        new Known<>(
                                                Optional.of(new ExecutionRole(false, List.of())))),
                new Broken(
                        Check.EXECUTION_ROLE,
                        "one that may not write the logs",
                        w ->
                                w.executionRole =
                                        new Known<>(
                                                Optional.of(
                                                        new ExecutionRole(
                                                                true,
                                                                List.of(
                                                                        new RoleNeed(
                                                                                "app logs",
                                                                                List.of(
                                                                                        "logs:PutLogEvents"),
                                                                                "*")))))),
                new Broken(
                        Check.PERMISSIONS,
                        "a role that lacks one",
                        w ->
                                w.permission =
                                        new Known<>(
                                                Optional.of(
                                                        new MountPermission.Refused(
                                                                List.of("ClientMount"),
                                                                "the role lacks it",
                                                                "aws iam put-role-policy")))),
                new Broken(
                        Check.DIRECTORY_OWNER,
                        "an access point whose user may not enter its directory",
                        w ->
                                w.accessPoint =
                                        new Known<>(
                                                Parts.accessPoint(
                                                        true,
                                                        new AccessPoint.Owner(0, 0, "0755")))),
                new Broken(
                        Check.DIRECTORY_OWNER,
                        "a container whose user may not write",
                        w -> {
                            w.definition = w.definition.replace("\"999\"", "\"70:70\"");
                            w.accessPoint =
                                    new Known<>(
                                            Parts.accessPoint(
                                                    false, new AccessPoint.Owner(999, 70, "0750")));
                        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void roles(Broken broken) {
        broken.isTheCauseIn(new HealthyTask());
    }
}
