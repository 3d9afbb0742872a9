package dev.efsautopilot.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A function by its folder; all its other names follow from that.
 *
 * @param folder the folder's name below {@code functions/}, such as {@code task-rerun}
 */
record DeployedFunction(String folder) {

    private static final int KEY_LENGTH = 20;

    /** Every folder of {@code functions/} that holds a function. */
    static List<DeployedFunction> in(Path root) {
        try (var folders = Files.list(root.resolve("functions"))) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("Makefile")))
                    .map(folder -> new DeployedFunction(folder.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("functions of " + root, e);
        }
    }

    /** Its name in the template, such as {@code TaskRerunFunction}. */
    String logicalId() {
        return Arrays.stream(folder.split("-", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("", "", "Function"));
    }

    /** Its name on AWS. */
    String name(String stackName) {
        return stackName + "-" + folder;
    }

    /** Who it is on the local AWS: an access key id of its own. */
    String accessKeyId() {
        String word = folder.replace("-", "").toUpperCase(Locale.ROOT);
        String key = "ASIALOCAL" + word;
        return (key + "X".repeat(KEY_LENGTH)).substring(0, Math.max(key.length(), KEY_LENGTH));
    }
}
