package org.driftwatch.viewer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Arrows point one way, between packages and between the classes that start the program. */
@AnalyzeClasses(
    packages = "org.driftwatch.viewer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
      slices().matching("org.driftwatch.viewer.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule STATE_AND_VERDICTS_KNOW_NO_SWING =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.driftwatch.viewer.model..",
              "org.driftwatch.viewer.verdict..",
              "org.driftwatch.viewer.view..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.swing..", "com.formdev..");

  @ArchTest
  static final ArchRule THE_PROGRAMS_CLASSES_ARE_FREE_OF_CYCLES =
      slices().assignedFrom(new ProgramClasses()).should().beFreeOfCycles();

  /** Each class beside {@link ViewerMain}, with those nested in it. */
  private static final class ProgramClasses implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().equals(ViewerMain.class.getPackageName())
          ? SliceIdentifier.of(outermost(type).getSimpleName())
          : SliceIdentifier.ignore();
    }

    private static JavaClass outermost(JavaClass type) {
      return type.getEnclosingClass().map(ProgramClasses::outermost).orElse(type);
    }

    @Override
    public String getDescription() {
      return "classes of the program";
    }
  }
}
