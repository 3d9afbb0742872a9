import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * {@code java aot/Merge.java OUT JAR...}: one jar of many. What names services is put together, of a class in several versions the one for this
 * JVM is taken, and each library's licence and notice stay, under its name.
 */
final class Merge {

    private static final String SERVICES = "META-INF/services/";

    private Merge() {}

    static void main(String[] arguments) throws IOException {
        var merged = new TreeMap<String, byte[]>();
        for (var jar : List.of(arguments).subList(1, arguments.length)) {
            try (var file = new JarFile(new File(jar), false, JarFile.OPEN_READ, Runtime.version())) {
                for (var entry : file.versionedStream().filter(it -> !it.isDirectory()).toList()) {
                    add(merged, Path.of(jar).getFileName().toString(), entry.getName(), file.getInputStream(entry).readAllBytes());
                }
            }
        }
        try (var out = new JarOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
            for (var entry : merged.entrySet()) {
                var zipped = new ZipEntry(entry.getKey());
                // The same bytes for the same jars.
                zipped.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
                out.putNextEntry(zipped);
                out.write(entry.getValue());
            }
        }
    }

    private static void add(TreeMap<String, byte[]> merged, String jar, String name, byte[] content) throws IOException {
        if (name.equals(JarFile.MANIFEST_NAME) || name.endsWith("module-info.class") || name.startsWith("META-INF/maven/")) {
            return;
        }
        var file = name.substring(name.lastIndexOf('/') + 1);
        if (name.startsWith("META-INF/") && file.matches("(?i).*(LICENSE|NOTICE|DEPENDENCIES).*")) {
            merged.put("META-INF/licences/" + jar + "/" + file, content);
            return;
        }
        var there = merged.putIfAbsent(name, content);
        if (there != null && name.startsWith(SERVICES)) {
            merged.put(name, joined(there, content));
        } else if (there != null && !Arrays.equals(there, content)) {
            throw new IOException("another " + name + " in " + jar);
        }
    }

    private static byte[] joined(byte[] one, byte[] other) throws IOException {
        var lines = new ByteArrayOutputStream();
        lines.write(one);
        lines.write('\n');
        lines.write(other);
        return lines.toByteArray();
    }
}
