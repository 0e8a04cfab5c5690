package org.driftwatch.kafka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The way to Kafka stands on Kafka's client only, and on what that logs with. */
@AnalyzeClasses(
    packages = "org.driftwatch.kafka",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule STANDS_ON_KAFKAS_CLIENT_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.driftwatch.kafka", "org.apache.kafka..", "org.slf4j..", "java..");
}
