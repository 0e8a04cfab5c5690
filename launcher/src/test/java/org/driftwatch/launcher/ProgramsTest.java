package org.driftwatch.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.driftwatch.launcher.testing.TestHome;
import org.driftwatch.telemetry.ArchivedClasses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramsTest {
  @TempDir Path folder;
  private Programs programs;

  @BeforeEach
  void layOut() throws IOException {
    Path home = TestHome.in(folder);
    Files.createFile(home.resolve("runner-configs/direct/batch-jvm.args"));
    programs = new Programs(new Home(home), Map.of());
  }

  @ParameterizedTest
  @CsvSource({"5, 5s", "0.5, 500ms", "60, 60s", "007, 7s", ".25, 250ms"})
  void theWindowOfABatchIsGivenInSeconds(String seconds, String length) {
    assertThat(
        programs.batch(List.of("--input=x", "--window=" + seconds)).arguments(),
        hasItem("--windows=" + length));
  }

  @ParameterizedTest
  @CsvSource({"x", "5s", "-1", "1e3", "0.0001", "12345678901234567890", "''"})
  void aWindowOfABatchThatIsNoSecondsIsRefusedAsItWasTyped(String typed) {
    UsageException refusal =
        assertThrows(
            UsageException.class, () -> programs.batch(List.of("--input=x", "--window=" + typed)));
    assertThat(
        refusal.getMessage(), is("--window=" + typed + ", expected seconds, such as 5 or 0.5"));
  }

  @Test
  void aBatchOfLittleLeavesTheSlowCompilerOut() throws IOException {
    Path little = Files.write(folder.resolve("little.csv"), new byte[1 << 20]);
    Path more = Files.write(folder.resolve("more.csv"), new byte[3 << 20]);
    String quick = "-XX:TieredStopAtLevel=1";
    assertThat(programs.batch(List.of("--input=" + little)).jvm(), hasItem(quick));
    for (String input :
        List.of(little + "," + more, folder.toString(), "s3://bucket", "missing.csv")) {
      assertThat(programs.batch(List.of("--input=" + input)).jvm(), not(hasItem(quick)));
    }
    assertThat(
        programs.batch(List.of("--input=" + little, "--input=" + more)).jvm(), not(hasItem(quick)));
  }

  private static List<String> archives(JavaProgram program) {
    return program.command().stream()
        .filter(option -> option.startsWith("-D" + ArchivedClasses.PROPERTY))
        .map(option -> option.replaceAll(".*/([a-z]+)-.*", "$1"))
        .toList();
  }

  @Test
  void windowAndPictureOfTheViewerHaveArchivesOfClassesOfTheirOwn() {
    assertThat(archives(programs.viewerAlone(List.of("--page=muons"))), contains("viewer"));
    assertThat(archives(programs.viewerAlone(List.of("--snapshot", "a.png"))), contains("picture"));
    assertThat(archives(programs.batch(List.of("--input=x"))), contains("batch"));
  }

  @Test
  void whereJvmsAreGivenOptionsNoArchiveIsMadeOrRead() {
    Programs traced = programs.with("JDK_JAVA_OPTIONS", "-XX:+FlightRecorder");
    assertThat(archives(traced.viewerAlone(List.of())), is(empty()));
    assertThat(archives(traced.batch(List.of("--input=x"))), is(empty()));
  }

  @Test
  void aMonitorHasAnArchiveOfItsRunnersClassesAndAnotherOneWithinARun() {
    Configuration direct = new Home(folder.resolve("home")).configuration("direct");
    JavaProgram monitor = programs.monitor(direct, List.of("--kafka=host:9092"));
    assertThat(archives(monitor), contains("direct"));
    assertThat(archives(monitor.within("launcher.jar", "Child")), contains("run"));
  }

  @Test
  void aWindowOfABatchThatIsNothingIsRefused() {
    UsageException refusal =
        assertThrows(UsageException.class, () -> programs.batch(List.of("--window=0.00")));
    assertThat(refusal.getMessage(), is("--window=0.00, expected more than 0 seconds"));
  }

  @Test
  void aBatchWorksOnAllCoresWhateverAStreamDoes() throws IOException {
    Files.writeString(
        folder.resolve("home/runner-configs/direct/options.args"),
        "--runner=DirectRunner\n--targetParallelism=1\n");
    int all = Runtime.getRuntime().availableProcessors() + 1;
    assertThat(parallelism(List.of("--input=x")), is(String.valueOf(all)));
    assertThat(parallelism(List.of("--input=x", "--targetParallelism=7")), is("7"));
  }

  private String parallelism(List<String> given) {
    List<String> options = programs.batch(given).arguments();
    return Configuration.valueOf("--targetParallelism", options).orElseThrow();
  }
}
