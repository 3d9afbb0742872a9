package dev.efsautopilot.local.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who builds the same sources somewhere else deploys the same bytes. The SAM CLI zips a function's
 * folder without the times of its files, so that the zip is the same where the files are.
 */
@ExtendWith(Site.Given.class)
class ReproducibleBuildIT {

    private static final Set<String> MADE = Set.of("target", ".git", ".autopilot", ".aws-sam");

    private static final Path FUNCTIONS = Path.of("functions");

    /** With the site the functions are built as they are deployed. */
    @Test
    void a_second_build_in_another_folder_gives_the_same_bytes(Site site, @TempDir Path elsewhere)
            throws IOException, InterruptedException {
        assertThat(site.aws().logs()).exists();
        copySources(elsewhere);

        build(elsewhere);

        var first = functions(Site.ROOT);
        assertThat(first).hasSizeGreaterThan(6);
        assertThat(functions(elsewhere)).isEqualTo(first);
    }

    private static void copySources(Path elsewhere) throws IOException {
        Files.walkFileTree(
                Site.ROOT,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes of)
                            throws IOException {
                        if (MADE.contains(folder.getFileName().toString())) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        Files.createDirectories(inCopy(folder));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes of)
                            throws IOException {
                        Files.copy(file, inCopy(file), StandardCopyOption.COPY_ATTRIBUTES);
                        return FileVisitResult.CONTINUE;
                    }

                    private Path inCopy(Path path) {
                        return elsewhere.resolve(Site.ROOT.relativize(path));
                    }
                });
    }

    /** As {@code sam build} does; the first function's build makes all of them. */
    private static void build(Path folder) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder("make", "-f", "functions/sweep/Makefile", "build-SweepFunction")
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        builder.environment()
                .putAll(
                        Map.of(
                                "JAVA_HOME",
                                System.getProperty("java.home"),
                                "ARTIFACTS_DIR",
                                Files.createDirectories(folder.resolve("target/sweep"))
                                        .toString()));
        var make = builder.start();
        var told = new String(make.getInputStream().readAllBytes(), UTF_8);
        assertThat(make.waitFor()).as(told).isZero();
    }

    /** The digest of each file that is deployed, by its path. */
    private static Map<String, String> functions(Path project) throws IOException {
        var digests = new TreeMap<String, String>();
        try (var files = Files.walk(project.resolve(FUNCTIONS))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var path = project.relativize(file).toString();
                if (path.contains("/target/function/")) {
                    digests.put(path, digest(file));
                }
            }
        }
        return digests;
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
