package org.driftwatch.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunOptionsTest {
  @TempDir Path folder;

  private static RunOptions options(String... arguments) {
    RunOptions options = new RunOptions();
    new CommandLine(options).parseArgs(arguments);
    return options;
  }

  @Test
  void allPartsAreToldOfTheDetector() {
    RunOptions options = options("--detector", "daq-blocks", "--pipeline-args=--partitions=4");
    assertThat(options.description(), contains("--detector", "daq-blocks"));
    assertThat(options.pipelineArguments(), contains("--partitions=4", "--detector=daq-blocks"));
    assertThat(options.emulation(), hasItem("daq-blocks"));
    assertThat(options.title("127.0.0.1:9092", false), containsString("daq-blocks"));
  }

  @Test
  void aDescriptionIsNamedByItsWholePathSinceThePartsMayRunElsewhere() throws IOException {
    Path file = Files.writeString(folder.resolve("lab.json"), "{}");
    Path relative = Path.of("").toAbsolutePath().relativize(file);
    assertThat(
        options("--detector=" + relative).description(),
        contains("--detector", Path.of("").toAbsolutePath().resolve(relative).toString()));
  }

  @Test
  void withoutADetectorNoPartIsToldOfOne() {
    RunOptions options = options();
    assertThat(options.description(), is(empty()));
    assertThat(options.pipelineArguments(), is(empty()));
    assertThat(options.emulation(), is(empty()));
  }
}
