package org.driftwatch.files;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Files know the detector's description and the S3 client, and nothing of who reads them. */
@AnalyzeClasses(
    packages = "org.driftwatch.files",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule STANDS_ON_THE_DETECTOR_AND_THE_S3_CLIENT_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.driftwatch.files..",
              "org.driftwatch.detector",
              "software.amazon.awssdk..",
              "javax.net.ssl",
              "java..");

  @ArchTest
  static final ArchRule ONLY_THE_SEARCH_KNOWS_HERE_AND_ELSEWHERE =
      noClasses()
          .that()
          .resideInAPackage("org.driftwatch.files")
          .and()
          .doNotBelongToAnyOf(InputFiles.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.driftwatch.files.remote");

  @ArchTest
  static final ArchRule ELSEWHERE_KNOWS_NOTHING_OF_THE_SEARCH =
      noClasses()
          .that()
          .resideInAPackage("org.driftwatch.files.remote")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(InputFiles.class);
}
