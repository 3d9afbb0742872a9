package dev.efsautopilot.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.efsautopilot.json.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NfsVolumesTest {

    @Test
    void each_file_system_is_named_once_and_an_access_point_in_place_of_its_own()
            throws JsonProcessingException {
        var definition =
                """
                {"volumes": [
                 {"name": "a", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}},
                 {"name": "b", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}},
                 {"name": "c", "s3filesVolumeConfiguration": {"fileSystemArn": "arn:fs-2"}},
                 {"name": "d", "s3filesVolumeConfiguration": {"fileSystemArn": "arn:fs-2",
                  "accessPointArn": "arn:fs-2/access-point/fsap-3"}},
                 {"name": "e", "host": {}}]}\
                """;

        assertThat(NfsVolumes.of(Json.MAPPER.readTree(definition)))
                .containsExactly("fs-1", "arn:fs-2", "arn:fs-2/access-point/fsap-3");
    }

    @Test
    void what_is_on_s3_files_is_mounted_with_tls_and_the_task_role()
            throws JsonProcessingException {
        var definition =
                """
                {"volumes": [
                 {"name": "a", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}},
                 {"name": "b", "s3filesVolumeConfiguration": {"fileSystemArn": "arn:fs-2",
                  "rootDirectory": "/logs"}},
                 {"name": "c", "s3filesVolumeConfiguration": {
                  "accessPointArn": "arn:fs-2/access-point/fsap-3"}}]}\
                """;
        var point = Optional.of("arn:fs-2/access-point/fsap-3");

        assertThat(NfsVolumes.mounted(Json.MAPPER.readTree(definition)))
                .containsExactly(
                        new EfsVolume("a", "fs-1", Optional.empty(), "/", false, false),
                        new EfsVolume("b", "arn:fs-2", Optional.empty(), "/logs", true, true),
                        new EfsVolume("c", "arn:fs-2", point, "/", true, true));
    }
}
