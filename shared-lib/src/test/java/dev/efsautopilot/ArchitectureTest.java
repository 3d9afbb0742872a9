package dev.efsautopilot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses classes =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.efsautopilot");

    @Test
    void only_the_package_aws_knows_the_sdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.efsautopilot.aws")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(classes);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.efsautopilot.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void nothing_in_the_library_knows_a_function() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.efsautopilot.function")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("LambdaFunction")
                .check(classes);
    }
}
