package org.driftwatch.pipelines;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Arrows point one way: the modules meet in Kafka only, a step knows none behind it. */
@AnalyzeClasses(packages = "org.driftwatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_NOTHING_OF_EMULATOR_AND_VIEWER =
      noClasses()
          .that()
          .resideInAPackage("org.driftwatch.pipelines..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.driftwatch.emulator..", "org.driftwatch.viewer..");

  @ArchTest
  static final ArchRule DETECTOR_KNOWS_NEITHER_BEAM_NOR_KAFKA =
      noClasses()
          .that()
          .resideInAPackage("org.driftwatch.detector..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.beam..", "org.apache.kafka..", "org.driftwatch.pipelines..");

  @ArchTest
  static final ArchRule WRITTEN_ONCE_FOR_EVERY_RUNNER =
      noClasses()
          .that()
          .resideInAPackage("org.driftwatch.pipelines..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.beam.runners..", "org.apache.flink..", "org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule STEPS_KNOW_NO_OPTIONS =
      classes()
          .that()
          .resideInAnyPackage(
              "org.driftwatch.pipelines.block..",
              "org.driftwatch.pipelines.parse..",
              "org.driftwatch.pipelines.orbits..",
              "org.driftwatch.pipelines.summarise..",
              "org.driftwatch.pipelines.publish..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("org.apache.beam.sdk.options..");

  @ArchTest
  static final ArchRule STEPS_KNOW_ONLY_THOSE_BEFORE_THEM =
      slices().matching("org.driftwatch.pipelines.(*)..").should().beFreeOfCycles();
}
