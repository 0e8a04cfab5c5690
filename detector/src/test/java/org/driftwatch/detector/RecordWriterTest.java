package org.driftwatch.detector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.driftwatch.detector.testing.CollectedRecords;
import org.driftwatch.detector.testing.CollectedRecords.Found;
import org.driftwatch.detector.testing.RandomDescriptions;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;

class RecordWriterTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final DaqRecord HIT = new DaqRecord(2, 1, 128, 3387315431L, 3563, 30);
  private static final DaqRecord TRIGGER = new DaqRecord(4, 1, 0, 3387315431L, 34952, -67.3);
  private static final int DETECTORS = 300;
  private static final long RUN = 1;

  @Test
  void jsonIsOneLineWithTheColumnsInOrder() {
    assertThat(
        new String(new RecordWriter(COURSE).json(HIT).take(), US_ASCII),
        is(
            "{\"HEAD\":2,\"FPGA\":1,\"TDC_CHANNEL\":128,\"ORBIT_CNT\":3387315431,"
                + "\"BX_COUNTER\":3563,\"TDC_MEAS\":30}"));
  }

  @Test
  void csvIsTheColumnsInOrder() {
    assertThat(
        new String(new RecordWriter(COURSE).csv(TRIGGER).take(), US_ASCII),
        is("4,1,0,3387315431,34952,-67.3"));
  }

  @Test
  void takingStartsAnew() {
    RecordWriter writer = new RecordWriter(COURSE);
    writer.csv(HIT).newLine().csv(HIT);
    assertThat(writer.length(), is(53));

    writer.take();

    assertThat(writer.length(), is(0));
    assertThat(writer.take().length, is(0));
    assertThat(new String(writer.csv(HIT).take(), US_ASCII), is("2,1,128,3387315431,3563,30"));
  }

  /** The records of a detector in every format, as the parser reads them back. */
  private static void requireRoundTrip(
      String description, DetectorDescription detector, List<DaqRecord> sent) {
    RecordPacking packing = new RecordPacking(detector);
    HitLayout layout = packing.layout();
    RecordWriter text = new RecordWriter(detector).run(RUN);
    RecordWriter words = new RecordWriter(detector).run(RUN).blockHeader();
    boolean runsInText = detector.format().field(DetectorDescription.Role.RUN).isPresent();
    List<Found> expected = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      DaqRecord record = sent.get(i);
      if (!packing.isHit(record)) {
        (i % 2 == 0 ? text.json(record) : text.csv(record)).newLine();
        continue;
      }
      long hit = packing.word(record);
      long above = layout.orbitAbove(record.orbit());
      assertThat(description, packing.record(hit, above), is(record));
      switch (i % 4) {
        case 0 -> text.json(record);
        case 1 -> text.csv(record);
        case 2 -> text.json(hit, above);
        default -> text.csv(hit, above);
      }
      text.newLine();
      words.word(hit, above);
      expected.add(new Found(hit, above, runsInText ? Optional.of(RUN) : Optional.empty()));
    }
    byte[] written = text.take();
    CollectedRecords found = CollectedRecords.of(detector, written, ValueFormat.TEXT);
    String what = description + "\n" + new String(written, US_ASCII);
    assertThat(what, found.malformed, is(empty()));
    assertThat(what, found.found, is(expected));
    assertThat(
        what,
        found.triggerWords,
        is(sent.stream().filter(r -> !packing.isHit(r)).map(DaqRecord::head).toList()));
    if (detector.format().hasWords() && !expected.isEmpty()) {
      CollectedRecords block = CollectedRecords.of(detector, words.take(), ValueFormat.BLOCK);
      assertThat(description, block.malformed, is(empty()));
      assertThat(
          description,
          block.found,
          is(
              expected.stream()
                  .map(hit -> new Found(hit.word(), hit.orbitAbove(), runInWords(detector)))
                  .toList()));
    }
  }

  private static Optional<Long> runInWords(DetectorDescription detector) {
    return detector.format().hasRuns() ? Optional.of(RUN) : Optional.empty();
  }

  private static List<DaqRecord> records(DetectorDescription detector, Random random, int count) {
    RandomRecords records = new RandomRecords(random, detector);
    List<DaqRecord> sent = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      sent.add(records.any());
    }
    return sent;
  }

  @Test
  void whatIsWrittenIsReadBackInEveryFormatOfEveryShippedDetector() throws IOException {
    Random random = Seed.random("round trips");
    for (String name : DetectorDescription.shippedNames()) {
      DetectorDescription detector = DetectorDescription.load(name);
      for (int i = 0; i < 200; i++) {
        requireRoundTrip(name, detector, records(detector, random, 1 + random.nextInt(200)));
      }
    }
  }

  @Test
  void whatIsWrittenIsReadBackInEveryFormatOfAnyDetector() {
    Random random = Seed.random("round trips of any detector");
    RandomDescriptions descriptions = new RandomDescriptions(random);
    int arrivals = 0;
    for (int i = 0; i < DETECTORS; i++) {
      String description = descriptions.next();
      DetectorDescription detector = RandomDescriptions.read(description);
      requireRoundTrip(description, detector, records(detector, random, 60));
      arrivals += detector.format().arrival().size();
    }
    assertThat(arrivals, is(greaterThan(DETECTORS / 20)));
  }

  @Test
  void fieldsOfOneObjectStandTogetherWhereTheFirstOfThemDoes() throws IOException {
    DetectorDescription detector =
        RandomDescriptions.read(
            """
            {"name": "nested",
             "clock": {"crossingNs": 25, "crossingsPerOrbit": 100, "ticksPerCrossing": 8,
                       "orbitBits": 64},
             "record": {"fields": [
               {"is": "orbit", "name": "/t/orbit"}, {"is": "layer", "name": "/a~1b/l", "bits": 2},
               {"is": "tick", "name": "/t/in/f\\"ine", "bits": 4, "first": 1},
               {"is": "wire", "name": "w", "bits": 3}, {"is": "run", "name": "run", "bits": 10},
               {"is": "crossing", "name": "/t/in/x", "bits": 7}, {"is": "other", "name": "/t/o"}]},
             "chambers": [{"name": "0", "layers": 4, "wires": 8, "view": "x", "zMm": 0}],
             "scintillators": [], "cellWidthMm": 1, "cellHeightMm": 1, "driftVelocityUmPerNs": 1,
             "maxDriftNs": 1}
            """);
    DaqRecord hit = new DaqRecord(0, 0, 3 << 3 | 5, -1, 99, 8);
    RecordWriter writer = new RecordWriter(detector).run(7);
    assertThat(
        new String(writer.json(hit).take(), US_ASCII),
        is(
            "{\"t\":{\"orbit\":18446744073709551615,\"in\":{\"f\\\"ine\":8,\"x\":99},\"o\":0},"
                + "\"a/b\":{\"l\":3},\"w\":5,\"run\":7}"));
    assertThat(
        new String(writer.csv(hit).take(), US_ASCII), is("18446744073709551615,3,8,5,7,99,0"));
  }

  @Test
  void theArrivalIsSixtyCrossingsAfterTheHit() throws IOException {
    DetectorDescription stations = DetectorDescription.load("two-stations");
    RecordWriter writer = new RecordWriter(stations);
    List<String> lines =
        List.of(3000, 3503, 3504, 3563).stream()
            .map(crossing -> new DaqRecord(0, 1, 3 << 4 | 6, 524_287, crossing, 31))
            .map(hit -> new String(writer.csv(hit).take(), US_ASCII))
            .collect(Collectors.toList());
    assertThat(
        lines,
        is(
            List.of(
                "1,3,6,3000,31,524287,3060",
                "1,3,6,3503,31,524287,3563",
                "1,3,6,3504,31,0,0",
                "1,3,6,3563,31,0,59")));
  }

  @Test
  void aTriggerWordsFractionIsWrittenAsItIs() throws IOException {
    Random random = Seed.random("fractions");
    ObjectMapper mapper = new ObjectMapper();
    for (int i = 0; i < 5000; i++) {
      double tick =
          switch (random.nextInt(4)) {
            case 0 -> random.nextGaussian() * 100;
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> random.nextInt();
            default -> random.nextLong();
          };
      if (!Double.isFinite(tick)) {
        continue;
      }
      byte[] json = new RecordWriter(COURSE).json(new DaqRecord(4, 0, 0, 0, 0, tick)).take();
      JsonNode read = mapper.readTree(json).get("TDC_MEAS");
      assertThat(new String(json, US_ASCII), read.doubleValue(), is(tick == 0 ? 0.0 : tick));
      assertThat(CollectedRecords.of(json, false).triggerWords, is(List.of(4)));
    }
  }
}
