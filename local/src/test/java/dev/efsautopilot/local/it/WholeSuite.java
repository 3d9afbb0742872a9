package dev.efsautopilot.local.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Puts first what sweeps, while the account is small; {@link LeastPrivilegeIT} last, and lets it
 * run where all the others did.
 */
public final class WholeSuite implements ClassOrderer, ExecutionCondition {

    private static final Set<Class<?>> SWEEPING = Set.of(SweepIT.class, S3FilesIT.class);
    private static final Set<String> CHOSEN = new ConcurrentSkipListSet<>();

    @Override
    public void orderClasses(ClassOrdererContext context) {
        var classes = context.getClassDescriptors();
        classes.forEach(it -> CHOSEN.add(it.getTestClass().getSimpleName()));
        classes.sort(
                Comparator.comparing(WholeSuite::isLast)
                        .thenComparing(it -> !SWEEPING.contains(it.getTestClass())));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var missing = new TreeSet<>(all());
        missing.removeAll(CHOSEN);
        return missing.isEmpty()
                ? ConditionEvaluationResult.enabled("the whole suite runs")
                : ConditionEvaluationResult.disabled("these don't run: " + missing);
    }

    private static boolean isLast(ClassDescriptor descriptor) {
        return descriptor.getTestClass() == LeastPrivilegeIT.class;
    }

    private static Set<String> all() {
        try (var files =
                Files.list(
                        Path.of(WholeSuite.class.getResource("WholeSuite.class").toURI())
                                .getParent())) {
            var names = new TreeSet<String>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("IT.class"))
                    .forEach(name -> names.add(name.replace(".class", "")));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
