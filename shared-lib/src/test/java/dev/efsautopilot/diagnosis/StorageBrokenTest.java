package dev.efsautopilot.diagnosis;

import dev.efsautopilot.diagnosis.Fact.Known;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with the file system and what belongs to it is found and is the cause. */
final class StorageBrokenTest {

    static Stream<Broken> storage() {
        return Stream.of(
                new Broken(
                        Check.FILE_SYSTEM,
                        "no file system",
                        w -> w.fileSystem = new Known<>(Optional.empty())),
                new Broken(
                        Check.FILE_SYSTEM,
                        "one being deleted",
                        w -> w.fileSystem = new Known<>(Parts.fileSystem("deleting", Map.of()))),
                new Broken(
                        Check.MOUNT_TARGET,
                        "none in the zone",
                        w -> w.targets = new Known<>(List.of())),
                new Broken(
                        Check.MOUNT_TARGET,
                        "one being created",
                        w -> w.targets = new Known<>(Parts.target("creating", "vpc-1"))),
                new Broken(
                        Check.MOUNT_TARGET,
                        "another VPC",
                        w -> w.targets = new Known<>(Parts.target("available", "vpc-2"))),
                new Broken(
                        Check.THROUGHPUT,
                        "no burst credits left",
                        w -> w.load = new Known<>(Parts.load(1e9, 3))),
                new Broken(
                        Check.THROUGHPUT,
                        "at the limit of operations",
                        w -> w.load = new Known<>(Parts.load(2e12, 99))),
                new Broken(
                        Check.ACCESS_POINT,
                        "none",
                        w -> w.accessPoint = new Known<>(Optional.empty())),
                new Broken(
                        Check.ACCESS_POINT,
                        "of another file system",
                        w -> w.accessPoint = new Known<>(Parts.accessPoint("fs-2", "available"))),
                new Broken(
                        Check.ACCESS_POINT,
                        "being created",
                        w -> w.accessPoint = new Known<>(Parts.accessPoint("fs-1", "creating"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void storage(Broken broken) {
        broken.isTheCauseIn(new HealthyTask());
    }
}
