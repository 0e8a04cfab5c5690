package org.driftwatch.detector.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.StreamTopic;

/**
 * The same record as different producers write it: JSON with numbers, fractions, exponents or
 * strings, keys in any order, further fields, white space, escapes; CSV. All of it valid.
 */
public final class Spellings {
  private final Random random;

  /** Spellings drawn from this source. */
  public Spellings(Random random) {
    this.random = random;
  }

  /** JSON on one line or CSV. */
  public String line(DaqRecord record) {
    return random.nextInt(3) == 0 ? csv(record) : json(record, false);
  }

  /** A value of several records and now and then a header or an empty line among them. */
  public byte[] value(List<DaqRecord> records) {
    StringBuilder text = new StringBuilder();
    for (DaqRecord record : records) {
      if (random.nextInt(10) == 0) {
        text.append(random.nextBoolean() ? "\n" : String.join(",", StreamTopic.COLUMNS) + "\n");
      }
      text.append(random.nextInt(8) == 0 ? json(record, true) : line(record));
      text.append(random.nextInt(5) == 0 ? "\r\n" : "\n");
    }
    if (random.nextBoolean()) {
      text.setLength(text.length() - 1);
    }
    return text.toString().getBytes(UTF_8);
  }

  /** A JSON object; over several lines if {@code pretty}. */
  public String json(DaqRecord record, boolean pretty) {
    boolean plain = random.nextInt(3) == 0;
    List<String> fields = new ArrayList<>();
    List<BigDecimal> numbers = numbers(record);
    for (int i = 0; i < numbers.size(); i++) {
      fields.add(key(i, plain) + space() + ":" + space() + jsonNumber(numbers.get(i), plain));
    }
    if (!plain) {
      for (int extra = random.nextInt(3); extra > 0; extra--) {
        fields.add("\"extra" + extra + "\"" + space() + ":" + space() + anything(3));
      }
      Collections.shuffle(fields, random);
    }
    return pretty
        ? "{\n  " + String.join(",\n  ", fields) + "\n}"
        : "{" + space() + String.join("," + space(), fields) + space() + "}";
  }

  /** A CSV line. */
  public String csv(DaqRecord record) {
    boolean plain = random.nextBoolean();
    List<String> fields = new ArrayList<>();
    for (BigDecimal number : numbers(record)) {
      fields.add(plain ? number.toPlainString() : space() + loose(number) + space());
    }
    return String.join(",", fields);
  }

  private static List<BigDecimal> numbers(DaqRecord r) {
    return List.of(
        BigDecimal.valueOf(r.head()),
        BigDecimal.valueOf(r.fpga()),
        BigDecimal.valueOf(r.channel()),
        BigDecimal.valueOf(r.orbit()),
        BigDecimal.valueOf(r.bx()),
        plain(BigDecimal.valueOf(r.tdc())));
  }

  private static BigDecimal plain(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0 ? number.setScale(0) : number;
  }

  private String key(int field, boolean plain) {
    String name = StreamTopic.COLUMNS.get(field);
    if (!plain && random.nextInt(20) == 0) {
      int at = random.nextInt(name.length());
      name =
          name.substring(0, at)
              + String.format("\\u%04x", (int) name.charAt(at))
              + name.substring(at + 1);
    }
    return "\"" + name + "\"";
  }

  private String jsonNumber(BigDecimal number, boolean plain) {
    if (plain) {
      return number.toPlainString();
    }
    return switch (random.nextInt(3)) {
      case 0 -> strict(number);
      case 1 -> "\"" + space() + loose(number) + space() + "\"";
      default -> number.toPlainString();
    };
  }

  /** By JSON's grammar: with a zero fraction, or an exponent. */
  private String strict(BigDecimal number) {
    int shift = random.nextInt(5) - 2;
    return switch (random.nextInt(4)) {
      case 0 -> number.toPlainString();
      case 1 -> number + (number.scale() > 0 ? "00" : random.nextBoolean() ? ".0" : ".000");
      case 2 ->
          number.movePointLeft(shift).toPlainString() + (random.nextBoolean() ? "e" : "E") + shift;
      default -> number.toPlainString() + "e+0";
    };
  }

  /** As people write numbers in text: a plus, zeros in front, a bare point. */
  private String loose(BigDecimal number) {
    boolean negative = number.signum() < 0;
    String digits = number.abs().toPlainString();
    return switch (random.nextInt(5)) {
      case 0 -> negative ? "-00" + digits : "+" + digits;
      case 1 -> (negative ? "-" : "") + "00" + digits;
      case 2 -> digits.contains(".") ? number.toPlainString() : number + ".";
      default -> strict(number);
    };
  }

  private String space() {
    return switch (random.nextInt(12)) {
      case 0 -> " ";
      case 1 -> "  ";
      default -> "";
    };
  }

  private String anything(int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 7)) {
      case 0 -> "null";
      case 1 -> random.nextBoolean() ? "true" : "false";
      case 2 -> "-12.75e-3";
      case 3 -> "\"}],{ \\\" \\\\ \\u00e9 \u00e9 \\n HEAD\"";
      case 4 -> "\"\"";
      case 5 -> "[" + anything(depth - 1) + "," + space() + anything(depth - 1) + "]";
      default -> "{\"HEAD\":" + anything(depth - 1) + ",\"\":{}, \"x\" : []}";
    };
  }
}
