package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.FileSystemLoad;
import dev.efsautopilot.diagnosis.Fact.Known;
import java.util.Optional;

/**
 * Whether the file system is fast enough to be used. In bursting mode its throughput is that of its
 * size, 50 KiB/s a GiB, once the credits are used up ("Bursting throughput", Amazon EFS User
 * Guide).
 */
final class ThroughputCheck {

    private static final double GIB = 1L << 30;

    /** A minute at the 100 MiB/s that the smallest file system bursts to. */
    private static final double FEW_CREDITS = 60L * (100 << 20);

    /** {@code PercentIOLimit} "at 100 percent more often than not" (Amazon EFS metrics). */
    private static final double BUSY = 95;

    private ThroughputCheck() {}

    /** Empty for S3 Files, and where another check says that there is no file system. */
    static Optional<Finding> of(VolumeFacts facts) {
        return !facts.onS3Files()
                        && facts.fileSystem() instanceof Known<Optional<FileSystem>>(var found)
                ? found.map(fileSystem ->
                        Finding.of(Check.THROUGHPUT, facts.load(), load -> of(fileSystem, load)))
                : Optional.empty();
    }

    private static Finding of(FileSystem fileSystem, FileSystemLoad load) {
        var mode = fileSystem.id() + " has " + fileSystem.throughput() + " throughput";
        if (load.ioLimit().orElse(0) >= BUSY) {
            return Finding.broken(
                    Check.THROUGHPUT,
                    "%s and was at %.0f %% of its limit of operations within the last hour"
                            .formatted(mode, load.ioLimit().orElseThrow()),
                    elastic(fileSystem)
                            + "; if it is that already, spread the data over more file systems");
        }
        if (!fileSystem.throughput().equals("bursting")) {
            return Finding.ok(Check.THROUGHPUT, mode);
        }
        if (load.burstCredits().isEmpty()) {
            return Finding.unknown(
                    Check.THROUGHPUT,
                    mode + ", and CloudWatch has no BurstCreditBalance of the last hour");
        }
        var credits = load.burstCredits().getAsDouble();
        var evidence = "%s and credits for %.1f GiB".formatted(mode, credits / GIB);
        return credits < FEW_CREDITS
                ? Finding.broken(Check.THROUGHPUT, evidence, elastic(fileSystem))
                : Finding.ok(Check.THROUGHPUT, evidence);
    }

    private static String elastic(FileSystem fileSystem) {
        return "aws efs update-file-system --file-system-id "
                + fileSystem.id()
                + " --throughput-mode elastic";
    }
}
