package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.ContainerInstance;
import dev.efsautopilot.diagnosis.Fact.Known;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong in the task definition, or where it runs, is found and is the cause. */
final class DefinitionBrokenTest {

    static Stream<Broken> taskDefinition() {
        return Stream.of(
                new Broken(
                        Check.VOLUMES,
                        "tags without the volumes",
                        w -> {
                            w.volumes = List.of();
                            w.tags =
                                    "[{\"key\": \"efs-autopilot/volume/data\", \"value\": \"mount=/d\"}]";
                        }),
                new Broken(
                        Check.PLATFORM,
                        "an old platform version",
                        w -> w.task = w.task.replace("1.4.0", "1.3.0")),
                new Broken(
                        Check.PLATFORM,
                        "ECS Anywhere",
                        w -> w.task = w.task.replace("FARGATE", "EXTERNAL")),
                new Broken(
                        Check.PLATFORM,
                        "network mode none",
                        w -> w.definition = w.definition.replace("awsvpc", "none")),
                new Broken(
                        Check.PLATFORM,
                        "Windows",
                        w ->
                                w.definition =
                                        w.definition.replace(
                                                "\"family\"",
                                                "\"runtimePlatform\": {\"operatingSystemFamily\":"
                                                        + " \"WINDOWS_SERVER_2022_CORE\"}, \"family\"")),
                new Broken(
                        Check.VOLUME_FLAGS,
                        "a directory beside an access point",
                        w -> w.volumes = List.of(Parts.volume("/x", true))),
                new Broken(
                        Check.VOLUME_FLAGS,
                        "no transit encryption",
                        w -> w.volumes = List.of(Parts.volume("/", false))),
                new Broken(
                        Check.VOLUME_FLAGS,
                        "IAM without a task role",
                        w -> w.definition = w.definition.replace("taskRoleArn", "x")),
                new Broken(
                        Check.INSTANCE_CAPABILITY,
                        "an agent without efsAuth",
                        w ->
                                w.instance =
                                        new Known<>(
                                                Optional.of(
                                                        new ContainerInstance(
                                                                "ci",
                                                                "i-1",
                                                                Set.of("ecs.capability.efs"))))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void taskDefinition(Broken broken) {
        broken.isTheCauseIn(new HealthyTask());
    }
}
