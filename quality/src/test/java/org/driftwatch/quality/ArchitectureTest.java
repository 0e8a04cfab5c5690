package org.driftwatch.quality;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Arrows point one way; the library needs neither Kafka nor a screen. */
@AnalyzeClasses(
    packages = "org.driftwatch.quality",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
      slices().matching("org.driftwatch.quality.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_LIBRARY_KNOWS_NEITHER_KAFKA_NOR_SWING =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.driftwatch.quality.service..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.driftwatch.kafka..",
              "org.driftwatch.quality.service..",
              "javax.swing..",
              "java.awt..");
}
