package org.driftwatch.detector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.reference.Parsed;
import org.driftwatch.detector.reference.ReferenceParser;
import org.driftwatch.detector.testing.CollectedRecords;
import org.driftwatch.detector.testing.Fuzzer;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.RandomSummaries;
import org.driftwatch.detector.testing.Spellings;
import org.junit.jupiter.api.Test;

/** No input makes a parser of this module fail or hang; see {@link Fuzzer}. */
class FuzzTest {
  /** Fails where a test's parser throws what it should not: these declare no exception. */
  private static final Class<? extends Exception> NOTHING = IllegalCallerException.class;

  @Test
  void textRecordsAreReadAsTheReferenceReadsThem() {
    List<String> tokens = new ArrayList<>(StreamTopic.COLUMNS);
    tokens.addAll(
        List.of("{", "}", "\"HEAD\":2,", ",", "\n", "\r\n", "null", "true", "\"", "\\u0048", "[]"));
    Fuzzer.run(
        "RecordParser, JSON and CSV",
        FuzzTest::textRecords,
        tokens,
        NOTHING,
        new AgainstReference(false));
  }

  @Test
  void blocksOfWordsAreReadAsTheReferenceReadsThem() {
    Fuzzer.run(
        "RecordParser, words",
        FuzzTest::wordRecords,
        List.of(),
        NOTHING,
        new AgainstReference(true));
  }

  private static byte[] textRecords(Random random) {
    return new Spellings(random).value(records(random, false));
  }

  private static byte[] wordRecords(Random random) {
    List<DaqRecord> hits = records(random, true);
    ByteBuffer words = ByteBuffer.allocate(hits.size() * HitWord.BYTES);
    words.order(ByteOrder.LITTLE_ENDIAN);
    hits.forEach(hit -> words.putLong(hit.word()));
    return words.array();
  }

  private static List<DaqRecord> records(Random random, boolean hits) {
    RandomRecords any = new RandomRecords(random);
    List<DaqRecord> records = new ArrayList<>();
    for (int n = random.nextInt(4) == 0 ? 1 + random.nextInt(6) : 1; n > 0; n--) {
      records.add(hits ? any.hit() : any.any());
    }
    return records;
  }

  /**
   * One parser for all inputs, and each input in the midst of others: what it read before must not
   * matter, nor what stands beside it.
   */
  private static final class AgainstReference implements Fuzzer.Parser {
    private static final byte[] BEFORE = "\u00ef\u00bb{\"HEAD\":".getBytes(ISO_8859_1);
    private static final byte[] BEHIND = ",7\"}8".getBytes(ISO_8859_1);

    private final RecordParser parser = new RecordParser();
    private final boolean words;

    AgainstReference(boolean words) {
      this.words = words;
    }

    @Override
    public Object read(byte[] input) {
      CollectedRecords found = new CollectedRecords();
      byte[] among =
          ByteBuffer.allocate(BEFORE.length + input.length + BEHIND.length)
              .put(BEFORE)
              .put(input)
              .put(BEHIND)
              .array();
      parser.parse(among, BEFORE.length, BEFORE.length + input.length, words, found);
      Parsed expected = ReferenceParser.parse(input, words);
      assertThat(
          found.hits,
          is(
              expected.hits().stream()
                  .map(h -> HitWord.hit(h.fpga(), h.channel(), h.orbit(), h.bx(), h.tdc()))
                  .toList()));
      assertThat(found.triggerWords, is(expected.triggerWords()));
      String text = new String(input, ISO_8859_1);
      assertThat(
          found.malformed.stream()
              .map(m -> new Parsed.Malformed(m.index(), text.substring(m.from(), m.to())))
              .toList(),
          is(expected.malformed()));
      return found.malformed.isEmpty() ? expected : new Fuzzer.Refused(found.reasons());
    }
  }

  @Test
  void numbersAreReadToTheLastDigit() {
    NumberScanner scanner = new NumberScanner();
    Fuzzer.run(
        "NumberScanner",
        Fuzzer.texts("0", "-1", "3387315431.0", "12.5e3", "1e-2", "999999999999999999"),
        List.of("e", "E", ".", "-", "+", "0", "00000000000000000000", "e0"),
        NOTHING,
        input -> number(scanner, input));
  }

  private static Object number(NumberScanner scanner, byte[] input) {
    int strict = scanner.scan(input, 0, input.length, true);
    int end = scanner.scan(input, 0, input.length, false);
    if (end < 0) {
      assertThat("strictly none either", strict, is(-1));
      return new Fuzzer.Refused("none");
    }
    BigDecimal number;
    try {
      number = new BigDecimal(new String(input, 0, end, US_ASCII));
    } catch (NumberFormatException e) {
      return scanner.value() + " with an exponent beyond BigDecimal";
    }
    if (Math.abs((long) number.scale()) > 2000) {
      return scanner.value() + " with a long exponent";
    }
    boolean whole = number.stripTrailingZeros().scale() <= 0;
    assertThat(scanner.whole(), is(whole));
    if (whole && number.abs().compareTo(BigDecimal.TEN.pow(18)) < 0) {
      assertThat(scanner.value(), is(number.longValueExact()));
    } else if (whole) {
      assertThat(scanner.value(), is(number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE));
    }
    return number;
  }

  @Test
  void summariesAreReadOrRefused() {
    Fuzzer.run(
        "SummaryJson",
        Fuzzer.someOf(random -> SummaryJson.write(new RandomSummaries(random).next())),
        List.of(
            "{",
            "}",
            "[",
            "],",
            ",",
            "\"window\":null",
            "\"revision\":",
            "\"bin_edges\":[",
            "\"x\":{},",
            "\"incomplete\":true,",
            "2026-11-20T20:36:46.000Z",
            "+1000000000-12-31T23:59:59.999999999Z"),
        SummaryJson.FormatException.class,
        input -> {
          WindowSummary summary = SummaryJson.read(input);
          assertThat(SummaryJson.read(SummaryJson.write(summary)), is(summary));
          return summary;
        });
  }

  @Test
  void runConfigurationsAreReadOrRefused() {
    Path file = Path.of("run.json");
    byte[] course = RunConfiguration.course().toJson().getBytes(UTF_8);
    Fuzzer.run(
        "RunConfiguration",
        random -> course,
        List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            "null",
            "\"hotCells\":",
            "/*",
            "//",
            "\"name\":\"x\",",
            "true"),
        IOException.class,
        input -> {
          RunConfiguration run = RunConfiguration.read(file, input);
          assertThat(RunConfiguration.parse(run.toJson()), is(run));
          return run.chambers().stream().map(RunConfiguration.Chamber::driftOffsetPs).toList();
        });
  }
}
