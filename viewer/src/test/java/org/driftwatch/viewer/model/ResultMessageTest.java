package org.driftwatch.viewer.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.Summaries;
import org.junit.jupiter.api.Test;

class ResultMessageTest {
  private static final WindowSummary WINDOW = Summaries.window(0, 0, new Random(2));
  private static final byte[] KEY = SummaryJson.key(Summaries.START).getBytes(UTF_8);

  private static ResultMessage read(byte[] key, byte[] value) {
    return read(key, value, Optional.empty());
  }

  private static ResultMessage read(byte[] key, byte[] value, Optional<Detector> only) {
    return ResultMessage.read(key, value == null ? null : ByteBuffer.wrap(value), only);
  }

  private static byte[] json(WindowSummary window) {
    return SummaryJson.write(window);
  }

  private static byte[] changed(String from, String to) {
    String text = new String(json(WINDOW), UTF_8);
    assertThat(text, containsString(from));
    return text.replace(from, to).getBytes(UTF_8);
  }

  private static String reason(byte[] key, byte[] value) {
    ResultMessage message = read(key, value);
    assertThat(message, instanceOf(ResultMessage.Malformed.class));
    return ((ResultMessage.Malformed) message).reason();
  }

  @Test
  void aSummaryUnderItsKeyIsAWindow() {
    assertThat(read(KEY, json(WINDOW)), is(new ResultMessage.Window(PackedWindow.of(WINDOW))));
  }

  @Test
  void aKeyWithoutMillisecondsIsTheSameInstant() {
    byte[] key = "2026-11-20T20:36:45Z".getBytes(UTF_8);
    assertThat(read(key, json(WINDOW)), is(new ResultMessage.Window(PackedWindow.of(WINDOW))));
  }

  @Test
  void aMessageIsReadWhereItLiesAmongOtherBytes() {
    byte[] json = json(WINDOW);
    for (int before : new int[] {0, 7}) {
      ByteBuffer all = ByteBuffer.allocate(before + json.length + 9);
      all.position(before).put(json).flip().position(before);
      for (ByteBuffer value : List.of(all, all.slice())) {
        assertThat(
            ResultMessage.read(KEY, value, Optional.empty()),
            is(new ResultMessage.Window(PackedWindow.of(WINDOW))));
      }
    }
  }

  @Test
  void aMessageWithoutKeyIsTakenByItsValue() {
    assertThat(read(null, json(WINDOW)), is(new ResultMessage.Window(PackedWindow.of(WINDOW))));
  }

  @Test
  void fieldsThatAreNotOfTheContractArePassedOver() {
    byte[] value = changed("{\"version\":1", "{\"comment\":[1,{\"a\":2}],\"version\":1");
    assertThat(read(KEY, value), is(new ResultMessage.Window(PackedWindow.of(WINDOW))));
  }

  @Test
  void aKeyWithoutValueDeletesItsWindow() {
    assertThat(read(KEY, null), is(new ResultMessage.Deleted(Summaries.START)));
  }

  @Test
  void whatIsNoSummaryIsMalformedAndSaysWhy() {
    assertThat(reason(KEY, new byte[0]), containsString("empty message"));
    assertThat(reason(null, null), containsString("empty message"));
    assertThat(reason(KEY, new byte[] {(byte) 0xff, 0, 1, 2}), containsString("not a window"));
    assertThat(reason(KEY, changed("\"version\":1", "\"version\":2")), containsString("version 2"));
    assertThat(reason(KEY, changed("\"orbits\"", "\"orbit\"")), containsString("orbits"));
    assertThat(
        reason("then".getBytes(UTF_8), json(WINDOW)), containsString("key is not a window start"));
    assertThat(
        reason(SummaryJson.key(Summaries.start(1)).getBytes(UTF_8), json(WINDOW)),
        containsString("is not the window's start"));
    assertThat(reason(KEY, json(Summaries.batch(WINDOW))), containsString("window is null"));
  }

  @Test
  void occupancyBinsThatAreNotOnePerChannelAreMalformed() {
    String regular = "\"histo_ch1\":{\"bin_edges\":[64,65,";
    String wide = "\"histo_ch1\":{\"bin_edges\":[62,65,";
    assertThat(
        reason(KEY, changed(regular, wide)), containsString("histo_ch1 edge 1 is 65, expected 63"));
  }

  @Test
  void aKeyThatMillisecondsCannotTellIsMalformed() {
    for (String key :
        new String[] {"+1000000000-12-31T23:59:59Z", "2026-11-20T20:36:45.000000001Z"}) {
      assertThat(reason(key.getBytes(UTF_8), null), containsString("key is not a window start"));
    }
  }

  @Test
  void aWindowThatMillisecondsCannotTellIsMalformed() {
    byte[] value = changed("2026-11-20T20:36:50.000Z", "+1000000000-12-31T23:59:59Z");
    assertThat(reason(null, value), containsString("window.end is no instant"));
  }

  @Test
  void aListInPlaceOfTrueIsMalformed() {
    byte[] value = changed(",\"tot_import\"", ",\"incomplete\":[true],\"tot_import\"");
    assertThat(reason(KEY, value), containsString("expected incomplete as true or false"));
  }

  @Test
  void resultsOfAnotherDetectorThanTheOneChosenAreMalformedAndSaySo() {
    DetectorDescription two = Detectors.of("two", 2, 4, 16);
    byte[] value = json(Summaries.window(two, 0, 0, new Random(2)));
    Optional<Detector> course = Optional.of(Detector.of(Summaries.COURSE));
    assertThat(
        read(KEY, value, course),
        is(
            new ResultMessage.Malformed(
                "the results have 2 chambers of 64 cells, the detector description 'course' has 4"
                    + " chambers of 64 cells; start the viewer with --detector and the description"
                    + " that the results were made with")));
    assertThat(
        read(KEY, json(WINDOW), course), is(new ResultMessage.Window(PackedWindow.of(WINDOW))));
    assertThat(read(KEY, value, Optional.empty()), instanceOf(ResultMessage.Window.class));
  }

  @Test
  void chambersOfUnlikeSizesAreCountedOneByOne() {
    ChannelLayout layout = new ChannelLayout(new SummaryLayout(64, 12), List.of(0, 0));
    assertThat(layout.words(), is("2 chambers of 64, 12 cells"));
    assertThat(
        new ChannelLayout(new SummaryLayout(48), List.of(0)).words(), is("1 chamber of 48 cells"));
  }
}
