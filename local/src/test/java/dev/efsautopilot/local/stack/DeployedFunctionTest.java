package dev.efsautopilot.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeployedFunctionTest {

    @ParameterizedTest
    @CsvSource({
        "access-points, AccessPointsFunction, ASIALOCALACCESSPOINTS",
        "volumes, VolumesFunction, ASIALOCALVOLUMESXXXX",
        "nfs-ingress, NfsIngressFunction, ASIALOCALNFSINGRESSX",
        "task-rerun, TaskRerunFunction, ASIALOCALTASKRERUNXX",
        "doctor, DoctorFunction, ASIALOCALDOCTORXXXXX",
        "sweep, SweepFunction, ASIALOCALSWEEPXXXXXX"
    })
    void all_names_follow_from_the_folder(String folder, String logicalId, String key) {
        DeployedFunction function = new DeployedFunction(folder);

        assertThat(function.logicalId()).isEqualTo(logicalId);
        assertThat(function.accessKeyId()).isEqualTo(key);
    }

    @Test
    void the_functions_name_begins_with_the_stacks() {
        assertThat(new DeployedFunction("doctor").name("mine")).isEqualTo("mine-doctor");
    }
}
