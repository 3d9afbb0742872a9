package dev.efsautopilot.aws;

import java.util.OptionalDouble;

/**
 * How hard a file system works, as CloudWatch has it ("Amazon CloudWatch metrics for Amazon EFS").
 *
 * @param burstCredits {@code BurstCreditBalance} in bytes, the newest of the last hour; empty where
 *     CloudWatch has none, as for new file systems and other throughput modes
 * @param ioLimit {@code PercentIOLimit} in percent, the mean of the last hour; empty where
 *     CloudWatch has none
 */
public record FileSystemLoad(OptionalDouble burstCredits, OptionalDouble ioLimit) {}
