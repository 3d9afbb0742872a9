package dev.efsautopilot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is built today is built tomorrow: no version moves by itself. */
class PinnedVersionsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern PLUGIN = Pattern.compile("(?s)<plugin>(.*?)</plugin>");
    private static final Pattern VERSION = Pattern.compile("<(?:[\\w.-]+\\.)?version>([^<]*)</");

    static Stream<Path> poms() throws IOException {
        var modules =
                Stream.of("", "shared-lib", "functions", "local", "checks").map(ROOT::resolve);
        try (var functions = Files.list(ROOT.resolve("functions"))) {
            return Stream.concat(modules, functions.toList().stream())
                    .map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::exists);
        }
    }

    private static String read(Path pom) throws IOException {
        return Files.readString(pom).replaceAll("(?s)<!--.*?-->|<toolchains>.*?</toolchains>", "");
    }

    @ParameterizedTest
    @MethodSource("poms")
    void a_version_is_one_release_and_no_range(Path pom) throws IOException {
        var versions =
                VERSION.matcher(read(pom))
                        .results()
                        .map(found -> found.group(1))
                        .distinct()
                        .toList();

        assertThat(versions)
                // The toolchain may be any JDK 25.
                .filteredOn(version -> !version.equals("[25,26)"))
                .isNotEmpty()
                .allMatch(version ->
                        version.matches("[0-9]+(\\.[0-9]+)*([.-][A-Za-z0-9]+)?|\\$\\{[\\w.-]+\\}"))
                .noneMatch(version -> version.matches("(?i).*(snapshot|latest|release).*"));
    }

    @ParameterizedTest
    @MethodSource("poms")
    void every_plugin_has_a_version(Path pom) throws IOException {
        var root = read(ROOT.resolve("pom.xml"));
        var managed =
                root.substring(
                        root.indexOf("<pluginManagement>"), root.indexOf("</pluginManagement>"));

        assertThat(PLUGIN.matcher(read(pom)).results().map(found -> found.group(1)))
                .allMatch(plugin ->
                        plugin.contains("<version>")
                                || managed.contains(
                                        plugin.replaceFirst(
                                                "(?s).*?(<artifactId>[^<]*</artifactId>).*",
                                                "$1")));
    }

    @Test
    void every_python_package_has_a_version() throws IOException {
        List<String> packages =
                Files.readAllLines(ROOT.resolve("local/requirements.txt")).stream()
                        .filter(line -> line.matches("^[A-Za-z].*"))
                        .toList();

        assertThat(packages)
                .isNotEmpty()
                .allMatch(line -> line.matches("[\\w\\[\\].-]+==[0-9][\\w.]*.*"));
    }
}
