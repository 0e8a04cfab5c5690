package org.driftwatch.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sum of a stretch against adding up by hand. */
class WindowSumTest {
  @TempDir Path folder;

  private final Random random = Seed.random("window sums");
  private final List<String> complaints = new ArrayList<>();

  /** Windows in no order, some of them refined, each with its run. */
  private final List<WindowSummary> messages = new ArrayList<>();

  private final Map<Integer, WindowSummary> newest = new TreeMap<>();

  private void messages() {
    for (int i = 0; i < 40; i++) {
      int number = random.nextInt(20);
      int revision = newest.containsKey(number) ? newest.get(number).revision() + 1 : 0;
      List<Long> runs = number == 10 ? List.of(7L, 8L) : List.of(number < 10 ? 7L : 8L);
      WindowSummary window = Samples.window(random, number, revision, runs);
      messages.add(window);
      newest.put(number, window);
    }
  }

  private Contents sum(Stretch stretch, String... further) throws IOException {
    Path file = folder.resolve("results.jsonl");
    List<String> lines = new ArrayList<>();
    messages.forEach(message -> lines.add(new String(SummaryJson.write(message), UTF_8)));
    lines.addAll(List.of(further));
    Files.write(file, lines);
    return WindowSum.of(
        new FileMessages(file), stretch, DetectorDescription.course(), "test", complaints::add);
  }

  private void assertSum(Contents found, Predicate<WindowSummary> has) {
    Collection<WindowSummary> expected = newest.values().stream().filter(has).toList();
    assertThat(found.about().windows(), is((long) expected.size()));
    assertThat(
        found.about().incomplete(), is(expected.stream().filter(w -> w.incomplete()).count()));
    assertThat(
        found.numbers().get("hits"), is(expected.stream().mapToLong(WindowSummary::hits).sum()));
    List<Contents> each = expected.stream().map(Samples::contents).toList();
    for (int i = 0; i < found.plots().size(); i++) {
      Plot sum = found.plots().get(i);
      for (int cell = 0; cell < sum.cells(); cell++) {
        long byHand = 0;
        for (Contents window : each) {
          byHand += window.plots().get(i).count(cell);
        }
        assertThat(sum.name(), sum.count(cell), is(byHand));
      }
    }
  }

  @Test
  void ofEachWindowTheNewestMessageCounts() throws IOException {
    messages();

    Contents found = sum(Stretch.ALL);

    assertSum(found, window -> true);
    assertThat(found.about().runs(), is(List.of(7L, 8L)));
  }

  @Test
  void aStretchHasTheWindowsThatStartWithinIt() throws IOException {
    messages();
    Instant from = Samples.START.plusSeconds(25);
    Instant to = Samples.START.plusSeconds(70);

    assertSum(
        sum(
            new Stretch(
                Optional.of(from), Optional.of(to), Optional.empty(), OptionalLong.empty())),
        window -> {
          Instant start = window.window().orElseThrow().start();
          return !start.isBefore(from) && start.isBefore(to);
        });
  }

  @Test
  void theLastWindowsAreCountedFromTheNewest() throws IOException {
    messages();
    Instant last =
        newest.values().stream()
            .map(w -> w.window().orElseThrow().start())
            .max(Instant::compareTo)
            .orElseThrow();

    assertSum(
        sum(
            new Stretch(
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(30)),
                OptionalLong.empty())),
        w -> w.window().orElseThrow().start().isAfter(last.minusSeconds(30)));
  }

  @Test
  void aRunHasTheWindowsOfItAlone() throws IOException {
    messages();
    messages.add(Samples.window(random, 30, 0, List.of(8L)));
    newest.put(30, messages.get(messages.size() - 1));

    assertSum(
        sum(new Stretch(Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.of(8))),
        window -> window.runs().equals(List.of(8L)));
  }

  @Test
  void messagesThatAreNoSummariesAreToldAndCounted() throws IOException {
    messages();

    Contents found = sum(Stretch.ALL, "{", "nonsense", "{\"version\":1}", "NaN", "[]");

    assertSum(found, window -> true);
    assertThat(found.about().unreadable(), is(5L));
    assertThat(complaints, hasSize(4));
    assertThat(complaints.get(0), containsString("line 41 of "));
  }

  @Test
  void aLineThatIsNoTextCostsItselfOnly() throws IOException {
    messages();
    Path file = folder.resolve("results.jsonl");
    sum(Stretch.ALL);
    byte[] sound = Files.readAllBytes(file);
    byte[] all = new byte[sound.length + 4];
    all[0] = (byte) 0xC3;
    all[1] = (byte) 0xFF;
    all[2] = '{';
    all[3] = '\n';
    System.arraycopy(sound, 0, all, 4, sound.length);
    Files.write(file, all);

    Contents found =
        WindowSum.of(new FileMessages(file), Stretch.ALL, Samples.COURSE, "test", complaints::add);

    assertSum(found, window -> true);
    assertThat(complaints.get(0), containsString("line 1 of " + file + " is left out"));
  }

  @Test
  void windowsOfAnotherDetectorAreNotAddedUp() throws IOException {
    messages();
    WindowSummary one = messages.get(0);
    WindowSummary fewer =
        new WindowSummary(
            Samples.window(random, 50, 0, List.of()).head(),
            1,
            0,
            1,
            0,
            0,
            1,
            0,
            one.chambers().subList(0, 2));

    IOException refused =
        assertThrows(
            IOException.class, () -> sum(Stretch.ALL, new String(SummaryJson.write(fewer), UTF_8)));

    assertThat(refused.getMessage(), containsString("another detector"));
    assertThat(refused.getMessage().lines().count(), is(1L));
  }

  @Test
  void aStretchWithoutAWindowSaysWhatThereIs() {
    messages();
    Stretch none =
        new Stretch(
            Optional.of(Instant.parse("2030-01-01T00:00:00Z")),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty());

    IOException refused = assertThrows(IOException.class, () -> sum(none));

    assertThat(refused.getMessage(), containsString("no window from 2030-01-01T00:00:00Z"));
    assertThat(refused.getMessage(), containsString("there are " + newest.size()));
  }
}
