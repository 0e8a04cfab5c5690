package org.driftwatch.viewer.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Connection.State;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.MalformedMessage;
import org.junit.jupiter.api.Test;

class TextOutputTest {
  private final ByteArrayOutputStream windows = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notices = new ByteArrayOutputStream();
  private final TextOutput output =
      new TextOutput(
          Summaries.COURSE,
          new PrintStream(windows, true, UTF_8),
          new PrintStream(notices, true, UTF_8),
          () -> {});
  private final Random random = new Random(4);

  private List<String> windowLines() {
    return windows.toString(UTF_8).lines().toList();
  }

  private List<String> noticeLines() {
    return notices.toString(UTF_8).lines().toList();
  }

  private static String heading(DetectorDescription detector) {
    return new TextLine(Detector.of(detector)).heading();
  }

  @Test
  void resultsOfAnotherDetectorHaveAHeadingOfTheirOwnAndItIsSaidOnce() {
    DetectorDescription two = Detectors.of("two", 2, 4, 16);
    output.window(Summaries.window(0, 0, random), Summaries.start(1));
    output.window(Summaries.window(two, 1, 0, random), Summaries.start(2));
    output.window(Summaries.window(two, 2, 0, random), Summaries.start(3));
    output.window(Summaries.window(3, 0, random), Summaries.start(4));
    List<String> lines = windowLines();
    assertThat(lines.size(), is(7));
    assertThat(lines.get(0), is(heading(Summaries.COURSE)));
    assertThat(lines.get(2), is(heading(two)));
    assertThat(lines.get(5), is(heading(Summaries.COURSE)));
    assertThat(noticeLines().size(), is(1));
    assertThat(noticeLines().get(0), containsString("the results have 2 chambers of 64 cells"));
  }

  @Test
  void aHeadingComesFirstAndAgainAfterTwentyWindows() {
    for (int n = 0; n < 41; n++) {
      output.window(Summaries.window(n, 0, random), Summaries.start(n + 1));
    }
    List<String> lines = windowLines();
    assertThat(lines.size(), is(44));
    for (int heading : new int[] {0, 21, 42}) {
      assertThat(lines.get(heading), is(heading(Summaries.COURSE)));
    }
  }

  @Test
  void everyRevisionHasItsLine() {
    output.window(Summaries.window(0, 0, random), Summaries.start(1));
    output.window(Summaries.window(0, 1, random), Summaries.start(2));
    assertThat(windowLines().size(), is(3));
    assertThat(windowLines().get(2), containsString(" r1 "));
  }

  @Test
  void whatItWaitsForIsOneLineOnTheOtherStream() {
    output.connection(new Connection(State.WAITING_FOR_TOPIC, "topic results at here"));
    output.connection(new Connection(State.LIVE, "topic results at here"));
    assertThat(windowLines(), is(List.of()));
    assertThat(
        noticeLines(),
        contains(
            "viewer: Waiting for topic: topic results at here",
            "viewer: Live: topic results at here, waiting for the first window"));
  }

  @Test
  void aBatchOfMalformedMessagesIsCountedInOneLine() {
    for (int offset = 0; offset < 50; offset++) {
      output.malformed(new MalformedMessage("results", 0, offset, "empty message"));
    }
    output.batchEnded();
    output.batchEnded();
    assertThat(
        noticeLines(),
        contains(
            "viewer: 50 malformed result(s) skipped, the last: topic results partition 0"
                + " offset 49: empty message"));
  }

  @Test
  void whenNobodyReadsAnyMoreItSaysSo() {
    AtomicBoolean told = new AtomicBoolean();
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("broken pipe");
          }
        };
    TextOutput toNobody =
        new TextOutput(
            Summaries.COURSE,
            new PrintStream(closed, true, UTF_8),
            new PrintStream(notices, true, UTF_8),
            () -> told.set(true));
    toNobody.window(Summaries.window(0, 0, random), Summaries.start(1));
    toNobody.batchEnded();
    assertThat(told.get(), is(true));
  }
}
