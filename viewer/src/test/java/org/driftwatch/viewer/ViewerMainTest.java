package org.driftwatch.viewer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.viewer.kafka.ResultsTopic;
import org.driftwatch.viewer.plot.Palette;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is started from a terminal without a display. */
class ViewerMainTest {
  @TempDir private Path folder;

  private record Ended(int status, String errors) {}

  private Ended run(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(ViewerMain.class.getName());
    command.addAll(List.of(args));
    Path errors = folder.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().remove("DISPLAY");
    Process process = builder.start();
    try {
      assertThat("ended", process.waitFor(60, TimeUnit.SECONDS), is(true));
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(errors));
  }

  private static void refused(String reason, String... args) {
    StringWriter errors = new StringWriter();
    int status = ViewerMain.commandLine().setErr(new PrintWriter(errors)).execute(args);
    refused(reason, new Ended(status, errors.toString()));
  }

  private static void refused(String reason, Ended ended) {
    assertThat(ended.errors(), containsString(reason));
    assertThat("one line", ended.errors().lines().count(), is(1L));
    assertThat(ended.status(), is(2));
  }

  @Test
  void wrongUsageIsOneLineAndStatusTwo() throws Exception {
    refused("Unknown option: '--colour'", run("--colour"));
    refused("'blue', expected 'light' or 'dark'", "--theme", "blue");
    refused("Kafka server \"here\", expected host:port", "--kafka", "here");
    refused("--text or --snapshot, not both", "--text", "--snapshot", "a.png");
    refused("--emulator here: expected a URL such as http://", "--emulator", "here");
    refused("'never', expected 'newest', 'sum' or minutes such as '10m'", "--show", "never");
    refused("'24', expected minutes, hours or days, such as '90m'", "--history", "24");
    refused("--history-minutes 5h is shorter than --history 1d", "--history-minutes", "5h");
    Path limits = Files.writeString(folder.resolve("limits"), "cells.nosiy.above = 3\n");
    refused("unknown limit 'cells.nosiy.above'", "--thresholds", limits.toString());
    Path missing = folder.resolve("missing.json");
    for (String option : List.of("--detector", "--run-config")) {
      refused("detector description " + missing + " does not exist", option, missing.toString());
    }
  }

  @Test
  void withoutKafkaAPictureIsGivenUpInOneLine() throws Exception {
    Path picture = folder.resolve("a.png");
    Ended ended = run("--kafka", "127.0.0.1:1", "--snapshot", picture.toString(), "--wait", "4");
    assertThat(ended.status(), is(1));
    assertThat(ended.errors(), containsString("no picture: after 4 s Kafka at 127.0.0.1:1"));
    assertThat(Files.exists(picture), is(false));
  }

  @Test
  void aPictureShowsWhatTheTopicHolds() throws Exception {
    Path picture = folder.resolve("a.png");
    Random random = new Random(13);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        ResultsTopic topic = new ResultsTopic(broker.bootstrapServers(), "results")) {
      topic.create(1);
      for (int n = 0; n < 20; n++) {
        topic.publish(Summaries.window(n, 0, random));
      }
      String[] args = {"--kafka", broker.bootstrapServers(), "--size", "1280x800", "--snapshot"};
      Ended ended = run(with(args, picture.toString()));
      assertThat(ended.errors(), containsString("20 window(s) of topic results"));
      assertThat(ended.status(), is(0));
      Ended unwritable = run(with(args, folder.resolve("no/a.png").toString()));
      assertThat(unwritable.errors(), containsString("folder " + folder.resolve("no")));
      assertThat(unwritable.status(), is(1));
    }
    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(image.getWidth(), is(1280));
    assertThat(image.getHeight(), is(800));
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y) & 0xffffff);
      }
    }
    assertThat(colours.size(), greaterThan(200));
    assertThat(colours.contains(Palette.DARK.background().getRGB() & 0xffffff), is(true));
  }

  @Test
  void resultsOfAnotherDetectorThanTheOneChosenAreNotDrawnUnderItsNames() throws Exception {
    Random random = new Random(13);
    String mismatch =
        "the results have 4 chambers of 64 cells, the detector description 'two-stations'";
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("another"), 0);
        ResultsTopic topic = new ResultsTopic(broker.bootstrapServers(), "results")) {
      topic.create(1);
      topic.publish(Summaries.window(0, 0, random));
      String[] args = {
        "--kafka", broker.bootstrapServers(), "--detector", "two-stations", "--snapshot"
      };
      Ended chosen = run(with(args, folder.resolve("c.png").toString()));
      assertThat(chosen.errors(), containsString(mismatch));
      assertThat(chosen.errors(), containsString("0 window(s) of topic results"));
      args[3] = "daq-blocks";
      Ended fits = run(with(args, folder.resolve("d.png").toString()));
      assertThat(fits.errors(), containsString("1 window(s) of topic results"));
      assertThat("one line", fits.errors().lines().count(), is(1L));
    }
  }

  @Test
  void aReferenceThatCannotBeReadIsSaidAndNoPictureIsDrawn() throws Exception {
    Path picture = folder.resolve("b.png");
    Path reference = Files.writeString(folder.resolve("reference.json"), "{}");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("other"), 0);
        ResultsTopic topic = new ResultsTopic(broker.bootstrapServers(), "results")) {
      topic.create(1);
      Ended ended =
          run(
              "--kafka",
              broker.bootstrapServers(),
              "--reference",
              reference.toString(),
              "--snapshot",
              picture.toString());
      assertThat(
          ended.errors(), containsString("no picture: reference " + reference + ": not a refer"));
      assertThat(ended.status(), is(1));
    }
    assertThat(Files.exists(picture), is(false));
  }

  private static String[] with(String[] args, String last) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(last);
    return all.toArray(new String[0]);
  }
}
