package org.driftwatch.export;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The formats know nothing of where the results come from. */
@AnalyzeClasses(
    packages = "org.driftwatch.export",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_READS_KAFKA =
      noClasses()
          .that()
          .doNotHaveSimpleName("ExportMain")
          .and()
          .doNotHaveSimpleName("TopicMessages")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.driftwatch.kafka..");
}
