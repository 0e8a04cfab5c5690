package org.driftwatch.emulator.faults;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.detector.testing.Samples;
import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.send.BlockEncoder;
import org.driftwatch.emulator.send.KeyRule;
import org.driftwatch.emulator.send.Message;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.send.RunNumbers;
import org.driftwatch.emulator.send.Sent;
import org.driftwatch.emulator.send.TextEncoder;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.source.FileSequence;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.RowBatch;
import org.driftwatch.emulator.source.StartPoint;
import org.driftwatch.emulator.source.UnreadableRows;
import org.driftwatch.files.LocalFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent with faults against what is sent without, row by row, at 1,000 rows/s. */
class FaultyDetectorTest {
  private static final int ROWS = 20_000;
  private static final long START = 1_790_000_000_000L;
  private static final long SEED = 5;

  /** From row 5,000 to row 15,000. */
  private static final String TIME = "@5s-15s";

  private static final int FROM = 5_000;
  private static final int TO = 15_000;

  private static Stream course;

  /** Rows of a detector, with what is asked of each. */
  private static final class Stream {
    final DetectorDescription detector;
    final RowBatch rows;
    final ChannelMap map;
    final HitLayout layout;
    List<Line> clean;

    Stream(DetectorDescription detector, RecordSource source, int count) throws IOException {
      this.detector = detector;
      map = new ChannelMap(detector);
      layout = new HitLayout(detector);
      rows = new RowBatch(new RecordPacking(detector), count);
      while (rows.room() > 0 && source.read(rows)) {
        assertThat(rows.size(), greaterThan(0));
      }
    }

    int size() {
      return rows.size();
    }

    boolean isHit(int i) {
      return rows.isHit(i);
    }

    int cell(int i) {
      return rows.isHit(i) ? map.cell(rows.word(i)) : -1;
    }

    /** True for a hit of these cells, numbered through all chambers, within the fault's time. */
    boolean isStruck(int i, IntPredicate cells) {
      return i >= FROM && i < TO && isHit(i) && cells.test(cell(i));
    }

    int first(int chamber) {
      return detector.chambers().stream().limit(chamber).mapToInt(Chamber::size).sum();
    }

    IntPredicate chamber(int chamber) {
      int first = first(chamber);
      int end = first + detector.chambers().get(chamber).size();
      return cell -> cell >= first && cell < end;
    }

    IntPredicate layer(int chamber, int layer) {
      return cell ->
          chamber(chamber).test(cell)
              && detector.chambers().get(chamber).layer(cell - first(chamber)) == layer;
    }
  }

  /** A record as it was sent. */
  private record Line(String value, long stamp) {}

  @BeforeAll
  static void simulate() throws IOException {
    course = new Stream(Course.DETECTOR, new Simulator(Course.DETECTOR, SEED), ROWS);
  }

  private static Stream twoStations() throws IOException {
    DetectorDescription detector = DetectorDescription.load("two-stations");
    return new Stream(detector, new Simulator(detector, SEED), ROWS);
  }

  private static List<Line> lines(Stream stream, String... faults) {
    if (faults.length == 0 && stream.clean != null) {
      return stream.clean;
    }
    List<Line> lines = lines(stream, SEED, new InjectionLog(), faults);
    stream.clean = faults.length == 0 ? lines : stream.clean;
    return lines;
  }

  private static List<Line> lines(Stream stream, long seed, InjectionLog log, String... faults) {
    Sent sent = new Sent();
    play(
        stream,
        seed,
        log,
        TextEncoder.json(stream.detector, sent, KeyRule.none(), RunNumbers.parse("1")),
        faults);
    return sent.messages.stream()
        .map(m -> new Line(new String(m.value(), StandardCharsets.UTF_8), m.stamp()))
        .toList();
  }

  private static void play(
      Stream stream, long seed, InjectionLog log, RowEncoder encoder, String... faults) {
    long[] now = new long[1];
    RowEncoder out = encoder;
    if (faults.length > 0) {
      List<DetectorFault> parsed = DetectorFault.parse(List.of(faults), stream.detector);
      // The stream begins at any time: that of the first row counts.
      out = new FaultyDetector(stream.detector, parsed, seed, () -> now[0] + 777, encoder, log);
    }
    for (int i = 0; i < stream.size(); i++) {
      now[0] = i * 1_000_000L;
      out.row(stream.rows, i, START + i);
    }
    out.flush();
  }

  private static List<Line> without(Stream stream, IntPredicate lost) {
    List<Line> clean = lines(stream);
    return IntStream.range(0, stream.size())
        .filter(i -> !lost.test(i))
        .mapToObj(clean::get)
        .toList();
  }

  private static void requireLost(Stream stream, String fault, IntPredicate cells) {
    List<Line> expected = without(stream, i -> stream.isStruck(i, cells));
    assertThat(fault, expected.size(), lessThan(stream.size()));
    assertThat(fault, lines(stream, fault + TIME).equals(expected), is(true));
  }

  @Test
  void deadPartsSendNothingAndTheRestIsSentAsItWasAtTheSameTimes() throws IOException {
    requireLost(course, "dead:chamber2", course.chamber(2));
    requireLost(course, "dead:chamber0.layer3", course.layer(0, 3));
    requireLost(course, "dead:chamber1.cell17", cell -> cell == 64 + 17);
    requireLost(course, "dead:scintillator", cell -> cell == course.map.scintillator());
    Stream stations = twoStations();
    requireLost(stations, "dead:chamber1", stations.chamber(1));
    requireLost(stations, "dead:chamber0.layer4.wire2", c -> c == 3 * 16 + 1);
  }

  @Test
  void aDeadBoardSendsNoRowOfAnyKind() {
    List<Line> expected =
        without(course, i -> i >= FROM && i < TO && course.rows.row(i).board() == 1);
    assertThat(expected.size(), lessThan(ROWS - 4_000));
    assertThat(lines(course, "dead:board1" + TIME).equals(expected), is(true));
  }

  @Test
  void aFaultWithoutEndLastsUntilTheEnd() {
    List<Line> expected = without(course, i -> i >= FROM && course.chamber(3).test(course.cell(i)));
    assertThat(lines(course, "dead:chamber3@5s").equals(expected), is(true));
  }

  /** A sample of the laboratory's own, which has no more than 999 rows: the last half second. */
  @Test
  void recordedTextIsStruckAsSimulatedRowsAre() throws IOException {
    requireLostOfSample(Course.DETECTOR, "minidt-first-999.csv", 999);
  }

  @Test
  void recordedWordsAreStruckAsSimulatedRowsAre() throws IOException {
    requireLostOfSample(Course.DETECTOR, "minidt-run591-head.dat", 8192);
    requireLostOfSample(DetectorDescription.load("daq-blocks"), "daq-blocks-64x1032.bin", 8192);
  }

  private static void requireLostOfSample(DetectorDescription detector, String name, int count)
      throws IOException {
    requireLostOfFile(detector, Samples.file(name), count);
  }

  private static void requireLostOfFile(DetectorDescription detector, Path file, int count)
      throws IOException {
    Stream stream = file(detector, file, count);
    assertThat(stream.size(), is(count));
    List<Line> expected = without(stream, i -> i >= 500 && stream.chamber(1).test(stream.cell(i)));
    assertThat(expected.size(), lessThan(stream.size() - 50));
    assertThat(lines(stream, "dead:chamber1@500ms").equals(expected), is(true));
  }

  private static Stream file(DetectorDescription detector, Path file, int count)
      throws IOException {
    try (RecordSource source =
        new FileSequence(
            detector,
            List.of(LocalFile.anyVersion(file)),
            StartPoint.FIRST,
            false,
            new UnreadableRows(line -> {}),
            line -> {})) {
      return new Stream(detector, source, count);
    }
  }

  @Test
  void filesOfAnyFormatAreStruckAsSimulatedRowsAre(@TempDir Path folder) throws IOException {
    RecordWriter csv = Course.writer();
    RecordWriter words = Course.writer();
    for (int i = 0; i < 3000; i++) {
      csv.csv(course.rows.row(i)).newLine();
      if (!course.rows.isWide(i)) {
        words.word(course.rows.word(i), course.rows.orbitAbove(i));
      }
    }
    byte[] ofWords = words.take();
    Path text = Files.write(folder.resolve("rows.csv"), csv.take());
    Path raw = Files.write(folder.resolve("rows.dat"), ofWords);
    requireLostOfFile(Course.DETECTOR, text, 3000);
    requireLostOfFile(Course.DETECTOR, raw, ofWords.length / Long.BYTES);
  }

  /** Every record sent is one of the clean stream, in its order; how many of those are missing. */
  private static long missing(Stream stream, List<Line> sent, IntPredicate cells) {
    List<Line> clean = lines(stream);
    int at = 0;
    long missing = 0;
    for (int i = 0; i < clean.size(); i++) {
      if (at < sent.size() && sent.get(at).equals(clean.get(i))) {
        at++;
      } else {
        assertThat("row " + i, stream.isStruck(i, cells), is(true));
        missing++;
      }
    }
    assertThat(at, is(sent.size()));
    return missing;
  }

  private static void requireThinned(Stream stream, String fault, double kept, IntPredicate cells) {
    long struck = IntStream.range(0, stream.size()).filter(i -> stream.isStruck(i, cells)).count();
    long missing = missing(stream, lines(stream, fault + TIME), cells);
    double error = 4 * Math.sqrt(struck * kept * (1 - kept));
    assertThat(fault, (double) missing, closeTo(struck * (1 - kept), error));
  }

  @Test
  void efficiencyAndRateKeepAShareOfTheHits() throws IOException {
    requireThinned(course, "efficiency:chamber1=0.7", 0.7, course.chamber(1));
    requireThinned(course, "efficiency:chamber1.layer2=40%", 0.4, course.layer(1, 2));
    requireThinned(course, "efficiency:chamber1.cell2=0.2", 0.2, cell -> cell == 66);
    requireThinned(course, "rate:all=0.7", 0.7, cell -> cell >= 0);
    requireThinned(course, "rate:chamber3=90%", 0.9, course.chamber(3));
    Stream stations = twoStations();
    requireThinned(stations, "efficiency:chamber0=0.7", 0.7, stations.chamber(0));
    requireThinned(stations, "rate:all=0.5", 0.5, cell -> cell >= 0);
  }

  /** What was sent beside the clean stream, all of which is there in its order. */
  private static List<Sent.Hit> added(Stream stream, List<Line> sent) {
    List<Line> clean = lines(stream);
    List<Line> added = new ArrayList<>();
    List<Long> orbits = new ArrayList<>();
    int at = 0;
    for (Line line : sent) {
      if (at < clean.size() && line.equals(clean.get(at))) {
        at++;
      } else {
        added.add(line);
        assertThat("row " + at, at, allOf(greaterThan(FROM), lessThan(TO + 1)));
        assertThat(line.stamp(), is(clean.get(at - 1).stamp()));
        orbits.add(stream.rows.orbit(at - 1));
      }
    }
    assertThat(at, is(clean.size()));
    List<Sent.Hit> hits = hits(stream, added);
    assertThat(hits.stream().map(hit -> orbit(stream, hit)).toList(), is(orbits));
    return hits;
  }

  /** The hits of lines of which each holds one. */
  private static List<Sent.Hit> hits(Stream stream, List<Line> lines) {
    String text = lines.stream().map(Line::value).collect(Collectors.joining("\n"));
    List<Sent.Hit> hits = Sent.readText(stream.detector, text.getBytes(StandardCharsets.UTF_8));
    assertThat(hits.size(), is(lines.size()));
    return hits;
  }

  /** The hits of what was sent row by row; null for other rows. */
  private static Sent.Hit[] hitsByRow(Stream stream, List<Line> sent) {
    assertThat(sent.size(), is(stream.size()));
    int[] rows = IntStream.range(0, stream.size()).filter(stream::isHit).toArray();
    List<Sent.Hit> hits = hits(stream, IntStream.of(rows).mapToObj(sent::get).toList());
    Sent.Hit[] byRow = new Sent.Hit[stream.size()];
    for (int k = 0; k < rows.length; k++) {
      byRow[rows[k]] = hits.get(k);
    }
    return byRow;
  }

  private static long orbit(Stream stream, Sent.Hit hit) {
    return stream.layout.orbit(hit.word(), hit.orbitAbove());
  }

  /** Hits of the cells of a chamber that are not known bad, within the fault's time. */
  private static double meanOfGoodCells(Stream stream, int chamber) {
    Chamber c = stream.detector.chambers().get(chamber);
    Set<Integer> good = new HashSet<>(cells(0, c.size()));
    good.removeAll(c.deadCells());
    good.removeAll(c.weakCells());
    good.removeAll(c.hotCells());
    int first = stream.first(chamber);
    long hits =
        IntStream.range(FROM, TO)
            .filter(i -> stream.isStruck(i, cell -> good.contains(cell - first)))
            .count();
    return (double) hits / good.size();
  }

  private static void requireNoise(
      Stream stream, String fault, int chamber, double times, int cells, IntPredicate place) {
    List<Sent.Hit> added = added(stream, lines(stream, fault + TIME));
    double expected = times * cells * meanOfGoodCells(stream, chamber);
    assertThat(fault, (double) added.size(), closeTo(expected, 5 * Math.sqrt(expected)));
    long late = 0;
    for (Sent.Hit hit : added) {
      long word = hit.word();
      assertThat(fault, place.test(stream.map.cell(word)), is(true));
      late += stream.layout.crossing(word) >= 1782 ? 1 : 0;
    }
    assertThat("at any time", late / (double) added.size(), closeTo(0.5, 0.15));
  }

  @Test
  void noisyCellsHaveSoManyTimesTheMeanRateOfTheGoodCells() throws IOException {
    requireNoise(course, "noisy:chamber3.cell5=x20", 3, 19, 1, cell -> cell == 192 + 5);
    requireNoise(course, "noisy:chamber1.layer2=x4", 1, 3, 16, course.layer(1, 2));
    // Seven cells of chamber 0 are known dead and stay so; alone, one of them may become noisy.
    requireNoise(course, "noisy:chamber0=x3", 0, 2, 57, course.chamber(0));
    requireNoise(course, "noisy:chamber0.cell11=x20", 0, 20, 1, cell -> cell == 11);
    Stream stations = twoStations();
    requireNoise(stations, "noisy:chamber1.cell63=x20", 1, 19, 1, cell -> cell == 127);
  }

  /** Time of a hit in ticks since orbit 0, and the rest of it. */
  private static long ticks(Stream stream, long word, long orbit) {
    int first = stream.detector.format().field(DetectorDescription.Role.TICK).orElseThrow().first();
    return orbit
            * stream.detector.clock().crossingsPerOrbit()
            * stream.detector.clock().ticksPerCrossing()
        + stream.layout.ticks(stream.layout.time(word))
        - first;
  }

  private static void requireShifted(Stream stream, String fault, long ticks, IntPredicate cells) {
    List<Line> clean = lines(stream);
    List<Line> sent = lines(stream, fault + TIME);
    Sent.Hit[] hits = hitsByRow(stream, sent);
    Set<Long> carried = new HashSet<>();
    for (int i = 0; i < sent.size(); i++) {
      if (!stream.isStruck(i, cells)) {
        assertThat(fault + " row " + i, sent.get(i).value(), equalTo(clean.get(i).value()));
        continue;
      }
      Sent.Hit hit = hits[i];
      long orbit = orbit(stream, hit);
      long was = ticks(stream, stream.rows.word(i), stream.rows.orbit(i));
      assertThat(fault + " row " + i, ticks(stream, hit.word(), orbit) - was, is(ticks));
      assertThat(
          stream.layout.crossing(hit.word()),
          lessThan(stream.detector.clock().crossingsPerOrbit()));
      assertThat(stream.map.cell(hit.word()), is(stream.cell(i)));
      if (orbit != stream.rows.orbit(i)) {
        carried.add(orbit);
      }
    }
    // An orbit has one stamp, that of the first of its hits: of those carried into it, too.
    for (int i = 0; i < sent.size(); i++) {
      if (hits[i] == null || !carried.contains(orbit(stream, hits[i]))) {
        assertThat(fault + " row " + i, sent.get(i).stamp(), is(clean.get(i).stamp()));
      }
    }
    // A small shift hardly ever carries a hit over.
    assertThat(fault, carried.size(), greaterThanOrEqualTo(Math.abs(ticks) < 300 ? 0 : 1));
  }

  @Test
  void shiftedHitsAreSoMuchLaterOrEarlierAcrossOrbitsToo() throws IOException {
    requireShifted(course, "shift:chamber2=25ns", 30, course.chamber(2));
    requireShifted(course, "shift:chamber1=-250ns", -300, course.chamber(1));
    requireShifted(
        course, "shift:scintillator=-40000ns", -48_000, c -> c == course.map.scintillator());
    Stream stations = twoStations();
    // 24.95 ns and 32 ticks a crossing.
    requireShifted(stations, "shift:chamber0=249.5ns", 320, stations.chamber(0));
  }

  private static void requireSwapped(
      Stream stream, String fault, List<Integer> a, List<Integer> b) {
    List<Line> clean = lines(stream);
    List<Line> sent = lines(stream, fault + TIME);
    Sent.Hit[] hits = hitsByRow(stream, sent);
    int swapped = 0;
    for (int i = 0; i < sent.size(); i++) {
      int cell = stream.cell(i);
      assertThat(sent.get(i).stamp(), is(clean.get(i).stamp()));
      if (!stream.isStruck(i, c -> a.contains(c) || b.contains(c))) {
        assertThat(fault + " row " + i, sent.get(i).value(), equalTo(clean.get(i).value()));
        continue;
      }
      swapped++;
      long word = hits[i].word();
      int partner = a.contains(cell) ? b.get(a.indexOf(cell)) : a.get(b.indexOf(cell));
      assertThat(fault + " row " + i, stream.map.cell(word), is(partner));
      assertThat(stream.layout.time(word), is(stream.layout.time(stream.rows.word(i))));
      assertThat(orbit(stream, hits[i]), is(stream.rows.orbit(i)));
    }
    assertThat(fault, swapped, greaterThan(100));
  }

  private static List<Integer> cells(int from, int count) {
    return IntStream.range(from, from + count).boxed().toList();
  }

  @Test
  void swappedPartsSendOnEachOthersChannels() throws IOException {
    requireSwapped(course, "swap:chamber0,chamber2", cells(0, 64), cells(128, 64));
    requireSwapped(course, "swap:chamber1.cell2,chamber3.cell7", cells(66, 1), cells(199, 1));
    List<Integer> layer1 = new ArrayList<>();
    List<Integer> layer4 = new ArrayList<>();
    for (int wire = 0; wire < 16; wire++) {
      layer1.add(64 + 4 * wire + 3);
      layer4.add(64 + 4 * wire);
    }
    requireSwapped(course, "swap:chamber1.layer1,chamber1.layer4", layer1, layer4);
    requireSwapped(twoStations(), "swap:chamber0,chamber1", cells(0, 64), cells(64, 64));
  }

  /** The orbit of a lost hit still gives its stamp, and a slot ends after as many rows. */
  @Test
  void hitsInBlocksKeepTheirStampsToo() {
    for (int size : new int[] {2, 128}) {
      List<Stamped> clean = stamped(size);
      List<Stamped> others = clean.stream().filter(hit -> hit.chamber != 1).toList();
      assertThat(stamped(size, "dead:chamber1@0s"), equalTo(others));
      Map<Stamped, Long> more = counted(stamped(size, "noisy:chamber3.cell1=x50@5s"));
      counted(clean).forEach((hit, count) -> more.merge(hit, -count, Long::sum));
      more.values().removeIf(count -> count == 0);
      assertThat(
          more.keySet().stream().map(hit -> hit.chamber).distinct().toList(), is(List.of(3)));
      assertThat(Collections.min(more.values()), greaterThan(0L));
    }
  }

  /** A hit in a block. */
  private record Stamped(long stamp, int chamber, long word) {}

  private static Map<Stamped, Long> counted(List<Stamped> hits) {
    return hits.stream()
        .collect(Collectors.groupingBy(Function.identity(), HashMap::new, Collectors.counting()));
  }

  /** Hits in blocks of this size, in an order that does not depend on when blocks are full. */
  private static List<Stamped> stamped(int size, String... faults) {
    Sent sent = new Sent();
    play(
        course,
        SEED,
        new InjectionLog(),
        new BlockEncoder(Course.DETECTOR, sent, RunNumbers.parse("1"), size),
        faults);
    List<Stamped> hits = new ArrayList<>();
    for (Message message : sent.messages) {
      ByteBuffer words = ByteBuffer.wrap(message.value()).order(ByteOrder.LITTLE_ENDIAN);
      while (message.words() && words.hasRemaining()) {
        long word = words.getLong();
        if (Course.isHit(word)) {
          hits.add(new Stamped(message.stamp(), course.map.cell(word) / 64, word));
        }
      }
    }
    hits.sort(Comparator.comparing(Stamped::stamp).thenComparing(Stamped::word));
    return hits;
  }

  @Test
  void theSeedDecidesWhichHits() {
    String[] faults = {"efficiency:chamber1=0.5" + TIME, "noisy:chamber2.cell3=x9@1s"};
    List<Line> once = lines(course, 5, new InjectionLog(), faults);
    assertThat(lines(course, 5, new InjectionLog(), faults).equals(once), is(true));
    assertThat(lines(course, 6, new InjectionLog(), faults), not(equalTo(once)));
  }

  /** Noise of a chamber that is dead is not sent, and a swap moves what is left. */
  @Test
  void faultsActInTheOrderInWhichTheDetectorMakesAHit() {
    List<Line> dead = lines(course, "dead:chamber0" + TIME);
    assertThat(
        lines(course, "noisy:chamber0.cell3=x50" + TIME, "dead:chamber0" + TIME).equals(dead),
        is(true));
    List<Line> swapped = lines(course, "swap:chamber0,chamber2" + TIME, "dead:chamber0" + TIME);
    assertThat(swapped.size(), is(dead.size()));
    long inChamber2 =
        IntStream.range(0, ROWS).filter(i -> course.isStruck(i, course.chamber(2))).count();
    List<Line> within =
        swapped.stream()
            .filter(line -> line.stamp() >= START + FROM + 1000 && line.stamp() < START + TO - 1000)
            .filter(line -> line.value().startsWith("{\"HEAD\":2,"))
            .toList();
    long moved =
        hits(course, within).stream()
            .filter(hit -> course.chamber(2).test(course.map.cell(hit.word())))
            .count();
    assertThat(inChamber2, greaterThan(1500L));
    assertThat(moved, is(0L));
  }

  @Test
  void theLogHoldsEachFaultWithItsTimesAndItsHits(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("faults.jsonl");
    long struck =
        IntStream.range(0, ROWS).filter(i -> course.isStruck(i, course.chamber(2))).count();
    long noise;
    try (InjectionLog log = new InjectionLog(file)) {
      List<Line> sent =
          lines(
              course,
              SEED,
              log,
              "dead:chamber2" + TIME,
              "noisy:chamber1.cell9=x5@18s",
              "dead:board0@90s");
      noise = sent.size() - (ROWS - struck);
      assertThat(
          log.totals(),
          is(
              "dead:board0@90s hits taken 0, dead:chamber2@5s-15s hits taken "
                  + struck
                  + ", noisy:chamber1.cell9=x5@18s hits made "
                  + noise));
    }
    assertThat(
        Files.readAllLines(file),
        is(
            List.of(
                "{\"kind\":\"dead\",\"row\":5000,\"to_row\":15000,\"timestamp\":1790000005000,"
                    + "\"to_timestamp\":1790000015000,\"fault\":\"dead:chamber2@5s-15s\","
                    + "\"hits_taken\":"
                    + struck
                    + "}",
                "{\"kind\":\"noisy\",\"row\":18000,\"to_row\":20000,\"timestamp\":1790000018000,"
                    + "\"to_timestamp\":1790000019999,\"fault\":\"noisy:chamber1.cell9=x5@18s\","
                    + "\"hits_made\":"
                    + noise
                    + "}")));
  }

  @Test
  void unsoundHitsAndTriggerWordsGoThroughUnlessTheirBoardIsDead() throws IOException {
    RowBatch rows = Course.batch(4);
    rows.add(new DaqRecord(2, 1, 5, 1L << 40, 0, 1));
    rows.add(new DaqRecord(4, 1, 5, 7, 0, -0.5));
    rows.add(new DaqRecord(2, 0, 5, 1L << 40, 0, 1));
    RecordSource source =
        new RecordSource() {
          private boolean done;

          @Override
          public boolean read(RowBatch batch) {
            for (int i = 0; i < rows.size() && !done; i++) {
              batch.add(rows.row(i));
            }
            boolean more = !done;
            done = true;
            return more;
          }

          @Override
          public void close() {}
        };
    Stream stream = new Stream(Course.DETECTOR, source, 4);
    List<Line> clean = lines(stream);
    assertThat(lines(stream, "rate:all=0@0s", "swap:chamber0,chamber1@0s"), is(clean));
    assertThat(lines(stream, "dead:board1@0s"), is(clean.subList(2, 3)));
  }
}
