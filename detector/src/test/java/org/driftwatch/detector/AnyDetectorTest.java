package org.driftwatch.detector;

import static java.math.BigInteger.ONE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.driftwatch.detector.reference.Parsed;
import org.driftwatch.detector.reference.ReferenceDetector;
import org.driftwatch.detector.reference.ReferenceParser;
import org.driftwatch.detector.testing.CollectedRecords;
import org.driftwatch.detector.testing.CollectedRecords.Found;
import org.driftwatch.detector.testing.Mutations;
import org.driftwatch.detector.testing.RandomDescriptions;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.detector.testing.Spellings;
import org.junit.jupiter.api.Test;

/** The parser of any detector's records against a slow, independent reading of its description. */
class AnyDetectorTest {
  private static final int DETECTORS = 150;
  private static final int VALUES = 8;
  private static final long RUN = 591;

  /** A detector with all that reads and writes its records. */
  private record Subject(
      String json,
      DetectorDescription detector,
      RecordPacking packing,
      RecordParser parser,
      ReferenceParser reference,
      Random random) {

    List<List<BigDecimal>> records() {
      RandomRecords any = new RandomRecords(random, detector);
      List<List<BigDecimal>> records = new ArrayList<>();
      for (int n = random.nextInt(8); n >= 0; n--) {
        records.add(any.numbers());
      }
      return records;
    }

    /** The same with a parser that has read nothing yet. */
    Subject withNewParser() {
      return new Subject(json, detector, packing, new RecordParser(detector), reference, random);
    }

    byte[] text(List<List<BigDecimal>> records) {
      return new Spellings(random, detector).text(records);
    }

    byte[] block(List<List<BigDecimal>> records) {
      return new Spellings(random, detector).block(records, RUN);
    }

    /** What parser and reference find alike. */
    CollectedRecords read(byte[] value, ValueFormat format) {
      CollectedRecords found = CollectedRecords.of(parser, value, format);
      Parsed expected = reference.parse(value, format);
      String bytes = new String(value, ISO_8859_1);
      String what = format + " " + json + "\n" + bytes;
      assertThat(what, found.found, is(CollectedRecords.expected(packing, expected)));
      assertThat(what, found.triggerWords, is(expected.triggerWords()));
      assertThat(
          what,
          found.malformed.stream()
              .map(m -> new Parsed.Malformed(m.index(), bytes.substring(m.from(), m.to())))
              .toList(),
          is(expected.malformed()));
      return found;
    }
  }

  private static void forEachDetector(String test, Consumer<Subject> check) {
    Random random = Seed.random(test);
    RandomDescriptions descriptions = new RandomDescriptions(random);
    List<String> all = new ArrayList<>();
    for (String name : DetectorDescription.shippedNames()) {
      all.add(new String(Descriptions.bytes("detectors/" + name + ".json"), UTF_8));
    }
    while (all.size() < DETECTORS) {
      all.add(descriptions.next());
    }
    for (String json : all) {
      DetectorDescription detector = RandomDescriptions.read(json);
      check.accept(
          new Subject(
              json,
              detector,
              new RecordPacking(detector),
              new RecordParser(detector),
              new ReferenceParser(ReferenceDetector.of(json)),
              random));
    }
  }

  @Test
  void wordsAndTextOfTheSameRecordsSayTheSame() {
    int[] detectorsWithWords = {0};
    forEachDetector(
        "words and text",
        subject -> {
          for (int i = 0; i < VALUES; i++) {
            List<List<BigDecimal>> records = subject.records();
            CollectedRecords text = subject.read(subject.text(records), ValueFormat.TEXT);
            assertThat(subject.json(), text.malformed, is(empty()));
            assertThat(text.hits.size() + text.triggerWords.size(), is(records.size()));
            if (subject.detector().format().hasWords()) {
              detectorsWithWords[0] += i == 0 ? 1 : 0;
              CollectedRecords block = subject.read(subject.block(records), ValueFormat.BLOCK);
              assertThat(subject.json(), block.malformed, is(empty()));
              assertThat(subject.json(), block.triggerWords, is(text.triggerWords));
              assertThat(subject.json(), withoutRun(block.found), is(withoutRun(text.found)));
            }
          }
        });
    assertThat(detectorsWithWords[0], is(greaterThan(DETECTORS / 5)));
  }

  private static List<List<Long>> withoutRun(List<Found> found) {
    return found.stream().map(hit -> List.of(hit.word(), hit.orbitAbove())).toList();
  }

  @Test
  void recordsWrittenLikeThoseBeforeAreReadAsTheReferenceReadsThem() {
    int[] read = {0, 0};
    forEachDetector(
        "records like those before",
        any -> {
          Mutations mutations = new Mutations(any.random());
          for (int i = 0; i < VALUES; i++) {
            Subject subject = any.withNewParser();
            String first = new String(subject.text(subject.records().subList(0, 1)), ISO_8859_1);
            subject.read((first + "\n" + first).getBytes(ISO_8859_1), ValueFormat.TEXT);
            for (int k = 0; k < 2 * VALUES; k++) {
              String like = withOtherNumbers(first, any.random());
              String several =
                  like + (k % 2 == 0 ? "" : "\n" + withOtherNumbers(first, any.random()));
              byte[] value = several.getBytes(ISO_8859_1);
              CollectedRecords found =
                  subject.read(k % 3 == 0 ? mutations.damage(value) : value, ValueFormat.TEXT);
              read[0] += found.hits.size() + found.triggerWords.size();
              read[1] += found.malformed.size();
            }
          }
        });
    assertThat("records read", read[0], is(greaterThan(DETECTORS * VALUES)));
    assertThat("records rejected", read[1], is(greaterThan(DETECTORS * VALUES)));
  }

  /**
   * The same text; most of its numbers are no larger than before, some are written as nobody does.
   */
  private static String withOtherNumbers(String text, Random random) {
    return Pattern.compile("[0-9]+")
        .matcher(text)
        .replaceAll(
            number -> {
              if (random.nextInt(30) == 0) {
                return random
                    .ints(1 + random.nextInt(20), 0, 10)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining());
              }
              BigInteger last = new BigInteger(number.group());
              return random.nextInt(4) == 0
                  ? number.group()
                  : String.valueOf(new BigInteger(last.bitLength() + 8, random).mod(last.add(ONE)));
            });
  }

  @Test
  void damagedValuesCostWhatTheReferenceSays() {
    int[] read = {0, 0};
    forEachDetector(
        "damaged values of any detector",
        subject -> {
          Mutations mutations = new Mutations(subject.random());
          for (int i = 0; i < VALUES; i++) {
            CollectedRecords text =
                subject.read(mutations.damage(subject.text(subject.records())), ValueFormat.TEXT);
            read[0] += text.hits.size();
            read[1] += text.malformed.size();
            byte[] block =
                subject.detector().format().hasWords()
                    ? subject.block(subject.records())
                    : new byte[24];
            byte[] damaged = mutations.damage(block);
            for (ValueFormat format : ValueFormat.values()) {
              subject.read(damaged, format);
            }
          }
        });
    assertThat("damage leaves some records whole", read[0], is(greaterThan(DETECTORS)));
    assertThat("damage breaks some records", read[1], is(greaterThan(DETECTORS)));
  }

  @Test
  void aValueWithoutFormatIsWhatTheDescriptionSays() {
    forEachDetector(
        "values without format",
        subject -> {
          List<List<BigDecimal>> records = subject.records();
          boolean areWords = subject.detector().format().valuesAreWords();
          byte[] value = areWords ? subject.block(records) : subject.text(records);

          CollectedRecords found = subject.read(value, ValueFormat.UNMARKED);

          assertThat(subject.json(), found.malformed, is(empty()));
        });
  }

  @Test
  void theRunIsThatOfTheBlockOrOfTheRecord() {
    forEachDetector(
        "runs",
        subject -> {
          boolean inHeader =
              subject.detector().format().blockHeader().stream()
                  .anyMatch(DetectorDescription.HeaderWord::isRun);
          if (inHeader) {
            CollectedRecords block =
                subject.read(subject.block(subject.records()), ValueFormat.BLOCK);
            block.found.forEach(hit -> assertThat(hit.run().orElseThrow(), is(RUN)));
            CollectedRecords text = subject.read(subject.text(subject.records()), ValueFormat.TEXT);
            text.found.forEach(hit -> assertThat(hit.run().isEmpty(), is(true)));
          }
        });
  }

  @Test
  void chambersHaveTheBinsAndOffsetsThatTheDescriptionGivesThem() {
    forEachDetector(
        "chambers",
        subject -> {
          List<ReferenceDetector.Chamber> expected =
              ReferenceDetector.of(subject.json()).chambers();
          List<DetectorDescription.Chamber> found = subject.detector().chambers();
          assertThat(subject.json(), found.size(), is(expected.size()));
          for (int i = 0; i < found.size(); i++) {
            assertThat(subject.json(), found.get(i).size(), is(expected.get(i).cells().size()));
            assertThat(subject.json(), found.get(i).firstBin(), is(expected.get(i).firstBin()));
            assertThat(
                subject.json(),
                found.get(i).driftOffsetNs().compareTo(expected.get(i).driftOffsetNs()),
                is(0));
          }
        });
  }
}
