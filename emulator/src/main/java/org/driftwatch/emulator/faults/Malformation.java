package org.driftwatch.emulator.faults;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.driftwatch.detector.DetectorDescription;

/**
 * A way for a record to be malformed: one for each that the stream's parser distinguishes. Each
 * value is one malformed record and nothing else.
 */
public enum Malformation {
  /** No bytes at all. */
  EMPTY(hit -> "", "empty value"),
  /** Spaces and line ends only. */
  BLANK(hit -> " \n ", "blank value"),
  /** A column too few. */
  FIELDS(SpelledHit::csvWithoutLast, "fields, expected "),
  /** A field is not there. */
  MISSING(SpelledHit::jsonWithoutLast, "is missing"),
  /** A channel with a fraction. */
  FRACTION(hit -> hit.jsonWithChannel(hit.channel() + ".5"), "has a fraction"),
  /** An orbit beyond the counter's. */
  RANGE(SpelledHit::jsonWithOrbitBeyond, " is "),
  /** A word where a number should be. */
  NO_NUMBER(hit -> hit.jsonWithChannel("\"seventeen\""), "is no number"),
  /** A number as JSON does not have it. */
  JSON_NUMBER(hit -> hit.jsonWithChannel("0" + hit.channel()), "is no JSON number"),
  /** More behind the object. */
  TRAILING(hit -> hit.json() + " {}", "text after the JSON object"),
  /** Cut off within the object. */
  TRUNCATED(hit -> "{\"HEAD\":2,\"FPGA\":0,\"TDC_CHANNEL\":", "truncated"),
  /** Cut off within a string. */
  OPEN_STRING(hit -> "{\"HEAD\":2,\"FPG", "within a string"),
  /** A control character in a string. */
  CONTROL(hit -> "{\"HE\001AD\":2}", "control character"),
  /** An escape that JSON does not have. */
  ESCAPE(hit -> "{\"HE\\qAD\":2}", "unknown escape"),
  /** An escape without its digits. */
  UNICODE(hit -> "{\"HE\\u00zAD\":2}", "without four hexadecimal digits"),
  /** Nested too deep. */
  NESTING(hit -> "{\"run\":" + "[".repeat(65) + "]".repeat(65) + "}", "nested more than"),
  /** Something else where JSON has a comma. */
  TOKEN(hit -> "{\"HEAD\":2;\"FPGA\":0}", "where a comma or the end"),
  /** A block that ends in mid-word. */
  WORD(SpelledHit::blockEndingInMidWord, "ends in mid-word");

  @SuppressWarnings("ImmutableEnumChecker") // The functions hold nothing.
  private final Function<SpelledHit, String> value;

  private final String reason;

  Malformation(Function<SpelledHit, String> value, String reason) {
    this.value = value;
    this.reason = reason;
  }

  /** Those that there are of a detector's records: text or words or both. */
  public static List<Malformation> of(DetectorDescription detector) {
    return Arrays.stream(values()).filter(one -> one.isOf(detector)).toList();
  }

  private boolean isOf(DetectorDescription detector) {
    return switch (this) {
      case EMPTY -> true;
      case WORD -> detector.format().hasWords();
      default -> !detector.format().valuesAreWords();
    };
  }

  /** The bytes of such a record. */
  byte[] value(DetectorDescription detector) {
    return value.apply(new SpelledHit(detector)).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** True if it must be marked as a block of words. */
  boolean isMarked(DetectorDescription detector) {
    return this == WORD && !detector.format().valuesAreWords();
  }

  /** A part of what the parser says of it. */
  String reason() {
    return reason;
  }

  /** Its name in options and logs, {@code malformed-empty} and so on. */
  public String label() {
    return "malformed-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
