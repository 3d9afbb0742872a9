package dev.efsautopilot.local.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipFile;

/**
 * The AWS Lambda runtime interface client for Java, ready to run.
 *
 * @param jars the folder with its jars and nothing else
 * @param library its native library for this machine, unpacked
 */
public record RuntimeClient(Path jars, Path library) {

    /**
     * Unpacks the native library, because left alone every client process would write it to the
     * same file in {@code /tmp}.
     *
     * @param jars the folder with the client's jars
     * @param scratch where the library may be put
     * @throws IllegalStateException when the client's jar is not there, or has no library for this
     *     machine: it supports Linux on x86-64 and ARM64
     */
    public static RuntimeClient unpack(Path jars, Path scratch) {
        Path library = scratch.resolve("libaws-lambda-jni.so");
        String entry = "jni/libaws-lambda-jni.%s-%s.so".formatted(libc(), machine());
        try (var files = Files.newDirectoryStream(jars, "*runtime-interface-client-*.jar")) {
            for (Path jar : files) {
                try (var zip = new ZipFile(jar.toFile())) {
                    var packed = zip.getEntry(entry);
                    if (packed == null) {
                        throw new IllegalStateException(
                                "the AWS Lambda runtime interface client, under which the functions"
                                        + " run, has its native library for Linux on x86-64 and"
                                        + " ARM64 only: there is no "
                                        + entry
                                        + " in "
                                        + jar.getFileName());
                    }
                    Files.createDirectories(scratch);
                    Files.copy(zip.getInputStream(packed), library);
                    return new RuntimeClient(jars, library);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the Lambda runtime client in " + jars, e);
        }
        throw new IllegalStateException("no Lambda runtime client in " + jars);
    }

    private static String machine() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch_64";
            case String other -> other;
        };
    }

    private static String libc() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean musl = Files.exists(Path.of("/etc/alpine-release"));
        return system + (musl ? "_musl" : "");
    }
}
