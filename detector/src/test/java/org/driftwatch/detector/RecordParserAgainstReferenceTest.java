package org.driftwatch.detector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.reference.Parsed;
import org.driftwatch.detector.reference.ReferenceDetector;
import org.driftwatch.detector.reference.ReferenceParser;
import org.driftwatch.detector.testing.CollectedRecords;
import org.driftwatch.detector.testing.Mutations;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.detector.testing.Spellings;
import org.junit.jupiter.api.Test;

/** The parser against a slow, independent reading of the same contract. */
class RecordParserAgainstReferenceTest {
  private static final int VALUES = 20_000;
  private static final DetectorDescription COURSE = DetectorDescription.course();

  private final RecordParser parser = new RecordParser(COURSE);
  private final RecordPacking packing = new RecordPacking(COURSE);
  private final ReferenceParser reference =
      new ReferenceParser(ReferenceDetector.shipped("course"));

  @Test
  void everySpellingOfARecordIsReadAsThatRecord() {
    Random random = Seed.random("every spelling");
    RandomRecords records = new RandomRecords(random);
    Spellings spellings = new Spellings(random);
    for (int i = 0; i < VALUES; i++) {
      List<DaqRecord> sent = several(random, records);
      byte[] value = spellings.value(sent);
      CollectedRecords found = CollectedRecords.of(value, false);
      String text = printable(value);
      assertThat(text, found.malformed, is(empty()));
      assertThat(
          text, found.hits, is(sent.stream().filter(packing::isHit).map(packing::word).toList()));
      assertThat(
          text,
          found.triggerWords,
          is(sent.stream().filter(r -> !packing.isHit(r)).map(DaqRecord::head).toList()));
      assertAsReference(value, false);
    }
  }

  @Test
  void damagedValuesAreReadAsTheReferenceReadsThem() {
    Random random = Seed.random("damaged values");
    RandomRecords records = new RandomRecords(random);
    Spellings spellings = new Spellings(random);
    Mutations mutations = new Mutations(random);
    int sound = 0;
    int broken = 0;
    for (int i = 0; i < 3 * VALUES; i++) {
      Parsed parsed =
          assertAsReference(mutations.damage(spellings.value(several(random, records))), false);
      sound += parsed.hits().size() + parsed.triggerWords().size();
      broken += parsed.malformed().size();
    }
    assertThat("damage leaves some records whole", sound, is(greaterThan(VALUES)));
    assertThat("damage breaks some records", broken, is(greaterThan(VALUES)));
  }

  @Test
  void everyTruncationOfAValueIsReadAsTheReferenceReadsIt() {
    Random random = Seed.random("truncations");
    RandomRecords records = new RandomRecords(random);
    Spellings spellings = new Spellings(random);
    for (int i = 0; i < 100; i++) {
      byte[] value = spellings.value(several(random, records));
      for (int length = 0; length <= value.length; length++) {
        assertAsReference(java.util.Arrays.copyOf(value, length), false);
      }
    }
  }

  @Test
  void anyByteAtAnyPlaceOfALineIsReadAsTheReferenceReadsIt() {
    List<String> lines =
        List.of(
            "2,0,75,3387315431,2374,26",
            "2,1,127,4294967295,4095,31\r\n1,0,0,0,0,0",
            "0000002,1,00000007,000000000000001,0000012,0000000000000009",
            "2,0,7,12345678,1,1\n2,0,7,123456789,1,1\n");
    for (String line : lines) {
      for (int place = 0; place < line.length(); place++) {
        byte[] value = line.getBytes(ISO_8859_1);
        for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
          value[place] = (byte) b;
          assertAsReference(value, false);
        }
      }
    }
  }

  @Test
  void randomBytesAreReadAsTheReferenceReadsThem() {
    Random random = Seed.random("random bytes");
    for (int i = 0; i < VALUES; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      assertAsReference(noise, false);
      assertAsReference(noise, true);
    }
  }

  private static List<DaqRecord> several(Random random, RandomRecords records) {
    List<DaqRecord> several = new ArrayList<>();
    for (int n = random.nextInt(4) == 0 ? 1 + random.nextInt(6) : 1; n > 0; n--) {
      several.add(records.any());
    }
    return several;
  }

  private Parsed assertAsReference(byte[] value, boolean words) {
    ValueFormat format = words ? ValueFormat.BLOCK : ValueFormat.TEXT;
    Parsed expected = reference.parse(value, format);
    CollectedRecords found = CollectedRecords.of(parser, value, format);
    String text = new String(value, ISO_8859_1);
    String shown = printable(value);
    assertThat(shown, found.found, is(CollectedRecords.expected(packing, expected)));
    assertThat(shown, found.triggerWords, is(expected.triggerWords()));
    assertThat(
        shown,
        found.malformed.stream()
            .map(m -> new Parsed.Malformed(m.index(), text.substring(m.from(), m.to())))
            .toList(),
        is(expected.malformed()));
    return expected;
  }

  private static String printable(byte[] value) {
    StringBuilder text = new StringBuilder();
    for (byte b : value) {
      text.append(b >= ' ' && b < 127 ? Character.toString(b) : String.format("\\x%02x", b & 0xff));
    }
    return text.toString();
  }
}
