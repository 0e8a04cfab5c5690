package org.driftwatch.detector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.reference.Parsed;
import org.driftwatch.detector.reference.ReferenceDetector;
import org.driftwatch.detector.reference.ReferenceParser;
import org.driftwatch.detector.testing.CollectedRecords;
import org.driftwatch.detector.testing.Fuzzer;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.RandomSummaries;
import org.driftwatch.detector.testing.Spellings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No input makes a parser of this module fail or hang; see {@link Fuzzer}. */
class FuzzTest {
  /** Fails where a test's parser throws what it should not: these declare no exception. */
  private static final Class<? extends Exception> NOTHING = IllegalCallerException.class;

  @ParameterizedTest
  @ValueSource(strings = {"course", "two-stations"})
  void textRecordsAreReadAsTheReferenceReadsThem(String detector) {
    DetectorDescription description = description(detector);
    List<String> tokens =
        new ArrayList<>(
            description.format().fields().stream()
                .flatMap(field -> FieldNames.path(field.name()).stream())
                .toList());
    tokens.addAll(
        List.of("{", "}", "\"HEAD\":2,", ",", "\n", "\r\n", "null", "true", "\"", "\\u0048", "[]"));
    Fuzzer.run(
        "RecordParser, JSON and CSV of " + detector,
        random -> new Spellings(random, description).text(records(random, description)),
        tokens,
        NOTHING,
        new AgainstReference(detector, ValueFormat.TEXT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"course", "daq-blocks"})
  void blocksOfWordsAreReadAsTheReferenceReadsThem(String detector) {
    DetectorDescription description = description(detector);
    Fuzzer.run(
        "RecordParser, words of " + detector,
        random -> new Spellings(random, description).block(records(random, description), 591),
        List.of(),
        NOTHING,
        new AgainstReference(detector, ValueFormat.BLOCK));
  }

  private static DetectorDescription description(String name) {
    try {
      return DetectorDescription.load(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<List<BigDecimal>> records(Random random, DetectorDescription detector) {
    RandomRecords any = new RandomRecords(random, detector);
    List<List<BigDecimal>> records = new ArrayList<>();
    for (int n = random.nextInt(4) == 0 ? 1 + random.nextInt(6) : 1; n > 0; n--) {
      records.add(any.numbers());
    }
    return records;
  }

  /** One parser for all inputs: what it read before must not matter. */
  private static final class AgainstReference implements Fuzzer.Parser {
    private final RecordPacking packing;
    private final RecordParser parser;
    private final ReferenceParser reference;
    private final ValueFormat format;

    AgainstReference(String detector, ValueFormat format) {
      this.format = format;
      packing = new RecordPacking(description(detector));
      parser = new RecordParser(description(detector));
      reference = new ReferenceParser(ReferenceDetector.shipped(detector));
    }

    @Override
    public Object read(byte[] input) {
      CollectedRecords found = CollectedRecords.of(parser, input, format);
      Parsed expected = reference.parse(input, format);
      assertThat(found.found, is(CollectedRecords.expected(packing, expected)));
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
    long digits = NumberScanner.digits(input, 0, input.length);
    int strict = scanner.scan(input, 0, input.length, true);
    int end = scanner.scan(input, 0, input.length, false);
    if (end < 0) {
      assertThat("strictly none either", strict, is(-1));
      assertThat("nor digits", digits, is(-1L));
      return new Fuzzer.Refused("none");
    }
    if (digits >= 0) {
      assertThat(end, is(input.length));
      assertThat(scanner.value(), is(digits));
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
    boolean isWhole = number.stripTrailingZeros().scale() <= 0;
    assertThat(scanner.kind() != NumberScanner.FRACTION, is(isWhole));
    if (isWhole
        && number.compareTo(new BigDecimal(Long.MIN_VALUE)) >= 0
        && number.compareTo(new BigDecimal(Long.MAX_VALUE)) <= 0) {
      assertThat(scanner.kind(), is(NumberScanner.WHOLE));
      assertThat(scanner.value(), is(number.longValueExact()));
    } else if (isWhole) {
      boolean isUnsigned =
          number.signum() > 0 && number.compareTo(new BigDecimal(BigInteger.ONE.shiftLeft(64))) < 0;
      assertThat(scanner.kind(), is(isUnsigned ? NumberScanner.UNSIGNED : NumberScanner.BEYOND));
      assertThat(
          scanner.value(),
          is(
              isUnsigned
                  ? number.toBigIntegerExact().longValue()
                  : number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE));
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
}
