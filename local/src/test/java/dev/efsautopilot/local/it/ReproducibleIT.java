package dev.efsautopilot.local.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is deployed can be built again by somebody else, from the same commit. */
@ExtendWith(Site.Given.class)
class ReproducibleIT {

    private static final List<String> SOURCES =
            List.of("pom.xml", "functions", "shared-lib", "checks", "local", "bench", "events");

    /** SAM writes no times into a zip: it is as its files are. */
    @Test
    void another_build_in_another_folder_has_the_same_bytes(Site site, @TempDir Path elsewhere)
            throws Exception {
        assertThat(site.aws().outputs()).isNotEmpty();
        for (var source : SOURCES) {
            copy(Site.ROOT.resolve(source), elsewhere.resolve(source));
        }
        run(
                elsewhere,
                List.of(
                        "mvn",
                        "-o",
                        "-q",
                        "-B",
                        "-Dmaven.test.skip=true",
                        "-pl",
                        "functions/access-points",
                        "-am",
                        "package"));

        var deployed = digests(Site.ROOT.resolve(".aws-sam/build/AccessPointsFunction"));
        var again = digests(elsewhere.resolve("functions/access-points/target/function"));

        assertThat(again).hasSizeGreaterThan(20).isEqualTo(deployed);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (var path : all.filter(ReproducibleIT::isSource).toList()) {
                var target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
    }

    private static boolean isSource(Path path) {
        return Files.isRegularFile(path)
                && !Site.ROOT.relativize(path).toString().contains("/target/");
    }

    private static void run(Path folder, List<String> command)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static TreeMap<String, String> digests(Path folder)
            throws IOException, NoSuchAlgorithmException {
        var digests = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var sha256 = MessageDigest.getInstance("SHA-256");
                digests.put(
                        folder.relativize(file).toString(),
                        HexFormat.of().formatHex(sha256.digest(Files.readAllBytes(file))));
            }
        }
        return digests;
    }
}
