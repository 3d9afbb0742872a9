package dev.efsautopilot.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** Amazon CloudWatch's metrics of file systems. */
public final class Metrics {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int PERIOD_SECONDS = 300;
    private static final String CREDITS = "credits";
    private static final String LIMIT = "limit";

    private final Supplier<CloudWatchClient> client;

    Metrics(Supplier<CloudWatchClient> client) {
        this.client = client;
    }

    /** The load of a file system within the hour before this time, in one call. */
    public FileSystemLoad load(String fileSystemId, Instant now) {
        var end = now.truncatedTo(ChronoUnit.SECONDS);
        var results =
                client.get()
                        .getMetricData(r ->
                                r.startTime(end.minus(WINDOW))
                                        .endTime(end)
                                        .scanBy(ScanBy.TIMESTAMP_DESCENDING)
                                        .metricDataQueries(
                                                query(
                                                        CREDITS,
                                                        "BurstCreditBalance",
                                                        "Minimum",
                                                        fileSystemId),
                                                query(
                                                        LIMIT,
                                                        "PercentIOLimit",
                                                        "Average",
                                                        fileSystemId)))
                        .metricDataResults();
        var credits = values(results, CREDITS);
        return new FileSystemLoad(
                credits.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(credits.getFirst()),
                values(results, LIMIT).stream().mapToDouble(Double::doubleValue).average());
    }

    private static List<Double> values(List<MetricDataResult> results, String id) {
        return results.stream()
                .filter(result -> id.equals(result.id()))
                .flatMap(result -> result.values().stream())
                .toList();
    }

    private static MetricDataQuery query(
            String id, String metric, String statistic, String fileSystemId) {
        var dimension = Dimension.builder().name("FileSystemId").value(fileSystemId).build();
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(stat ->
                        stat.stat(statistic)
                                .period(PERIOD_SECONDS)
                                .metric(it ->
                                        it.namespace("AWS/EFS")
                                                .metricName(metric)
                                                .dimensions(dimension)))
                .build();
    }
}
