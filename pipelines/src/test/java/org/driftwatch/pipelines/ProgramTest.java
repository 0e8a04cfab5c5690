package org.driftwatch.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.pipelines.testing.Course;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {
  @TempDir Path folder;

  @Test
  void optionsComeFromTheCommandLineAndFromFiles() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("options.args"),
            """
            # A comment.

            --window=2s   # two seconds
              --shards=3
            --streamTopic=a#b
            """);

    MonitorOptions options = options("--shards=5", "@" + file, "--readers=2");

    assertThat(options.getWindow(), is("2s"));
    assertThat(options.getReaders(), is(2));
    assertThat("what is given itself holds over the file's", options.getShards(), is(5));
    assertThat(options.getStreamTopic(), is("a#b"));
    assertThat("what is not given", options.getWatermarkDelay(), is("1s"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--windw=5s | windw",
        "--shards=many | many",
        "--runner=NoRunner | NoRunner",
        "window=5s | window=5s",
      })
  void anOptionThatDoesNotExistOrCannotBeReadIsToldInOneLine(String argument, String named) {
    UsageException refused = assertThrows(UsageException.class, () -> options(argument));

    assertThat(refused.getMessage(), containsString(named));
    assertThat(refused.getMessage(), not(containsString("\n")));
  }

  @Test
  void anOptionsFileThatIsNotThereIsToldByName() {
    UsageException refused =
        assertThrows(UsageException.class, () -> options("@" + folder.resolve("none.args")));

    assertThat(
        refused.getMessage(),
        startsWith("options file " + folder.resolve("none.args") + " cannot be read: "));
  }

  @Test
  void theDetectorIsTheCoursesUnlessAFileOrAShippedOneIsNamed() throws IOException {
    assertThat(Program.detector(options()), is(DetectorDescription.course()));
    assertThat(Program.detector(options("--detector=daq-blocks")).name(), is("daq-blocks"));

    Path file =
        Files.writeString(folder.resolve("d.json"), Course.JSON.replace("\"course\"", "\"other\""));
    for (String option : List.of("--detector=", "--runConfig=")) {
      assertThat(Program.detector(options(option + file)).name(), is("other"));
    }
  }

  @Test
  void aDescriptionThatCannotBeReadIsAMatterOfUsage() throws IOException {
    Path none = folder.resolve("none");
    UsageException missing =
        assertThrows(UsageException.class, () -> Program.detector(options("--detector=" + none)));
    assertThat(
        missing.getMessage(), startsWith("detector description " + none + " does not exist"));
    assertThat(missing.getMessage(), containsString("two-stations"));
    assertThat(missing.getMessage(), not(containsString("\n")));

    Path broken = Files.writeString(folder.resolve("broken.json"), "{\n\"name\" 7}");
    UsageException refused =
        assertThrows(
            UsageException.class, () -> Program.detector(options("--runConfig=" + broken)));
    assertThat(refused.getMessage(), startsWith("detector description " + broken + " line 2"));
  }

  @Test
  void twoDescriptionsAreRefused() {
    UsageException refused =
        assertThrows(
            UsageException.class,
            () -> Program.detector(options("--detector=course", "--runConfig=run.json")));

    assertThat(
        refused.getMessage(),
        is(
            "--detector=course and --runConfig=run.json both describe the detector, expected one of them"));
  }

  private static MonitorOptions options(String... arguments) {
    return Program.options(arguments, MonitorOptions.class);
  }
}
