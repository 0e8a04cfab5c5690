package org.driftwatch.emulator.faults;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A way for a record to be malformed: one for each that the stream's parser distinguishes. Each
 * value is one malformed record and nothing else.
 */
public enum Malformation {
  /** No bytes at all. */
  EMPTY("", "empty value"),
  /** Spaces and line ends only. */
  BLANK(" \n ", "blank value"),
  /** Five columns. */
  FIELDS("2,0,17,616953,2871", "5 fields, expected 6"),
  /** A field is not there. */
  MISSING(json("0,\"TDC_CHANNEL\":17,\"ORBIT_CNT\":616953,\"BX_COUNTER\":2871"), "is missing"),
  /** A channel with a fraction. */
  FRACTION(row("17.5", "616953"), "has a fraction"),
  /** An orbit of more than 32 bits. */
  RANGE(row("17", "4294967296"), "is 4294967296"),
  /** A word where a number should be. */
  NO_NUMBER(row("\"seventeen\"", "616953"), "is no number"),
  /** A number as JSON does not have it. */
  JSON_NUMBER(row("017", "616953"), "is no JSON number"),
  /** More behind the object. */
  TRAILING(row("17", "616953") + " {}", "text after the JSON object"),
  /** Cut off within the object. */
  TRUNCATED("{\"HEAD\":2,\"FPGA\":0,\"TDC_CHANNEL\":", "truncated"),
  /** Cut off within a string. */
  OPEN_STRING("{\"HEAD\":2,\"FPG", "within a string"),
  /** A control character in a string. */
  CONTROL("{\"HE\001AD\":2}", "control character"),
  /** An escape that JSON does not have. */
  ESCAPE("{\"HE\\qAD\":2}", "unknown escape"),
  /** An escape without its digits. */
  UNICODE("{\"HE\\u00zAD\":2}", "without four hexadecimal digits"),
  /** Nested too deep. */
  NESTING("{\"run\":" + "[".repeat(65) + "]".repeat(65) + "}", "nested more than"),
  /** Something else where JSON has a comma. */
  TOKEN("{\"HEAD\":2;\"FPGA\":0}", "where a comma or the end"),
  /** A block that ends in mid-word. */
  WORD("\1\2\3\4\5", "ends in mid-word");

  private final String value;
  private final String reason;

  Malformation(String value, String reason) {
    this.value = value;
    this.reason = reason;
  }

  private static String row(String channel, String orbit) {
    return json(
        "0,\"TDC_CHANNEL\":"
            + channel
            + ",\"ORBIT_CNT\":"
            + orbit
            + ",\"BX_COUNTER\":2871,\"TDC_MEAS\":26");
  }

  private static String json(String fromFpga) {
    return "{\"HEAD\":2,\"FPGA\":" + fromFpga + "}";
  }

  /** The bytes of such a record. */
  byte[] value() {
    return value.getBytes(StandardCharsets.US_ASCII);
  }

  /** True if it must be marked as a block of words. */
  boolean isWords() {
    return this == WORD;
  }

  /** A part of what the parser says of it. */
  String reason() {
    return reason;
  }

  /** Its name in options and logs, {@code malformed-empty} and so on. */
  String label() {
    return "malformed-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
