package org.driftwatch.detector.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Arrival;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.HeaderWord;
import org.driftwatch.detector.DetectorDescription.Role;

/**
 * The same record as different producers write it: JSON with numbers, fractions, exponents or
 * strings, keys in any order, further fields, white space, escapes; CSV; words whose unread bits
 * hold anything. All of it valid. A record is a number for each of the format's fields.
 */
public final class Spellings {
  private final Random random;
  private final DetectorDescription detector;
  private final List<Field> fields;

  /** Spellings of the course's records drawn from this source. */
  public Spellings(Random random) {
    this(random, DetectorDescription.course());
  }

  /** Spellings of a detector's records drawn from this source. */
  public Spellings(Random random, DetectorDescription detector) {
    this.random = random;
    this.detector = detector;
    fields = detector.format().fields();
  }

  /** JSON on one line or CSV. */
  public String line(DaqRecord record) {
    return line(numbers(record));
  }

  private String line(List<BigDecimal> record) {
    return random.nextInt(3) == 0 ? csv(record) : json(record, false);
  }

  /** A value of several records and now and then a header or an empty line among them. */
  public byte[] value(List<DaqRecord> records) {
    return text(records.stream().map(this::numbers).toList());
  }

  /** A value of several records and now and then a header or an empty line among them. */
  public byte[] text(List<List<BigDecimal>> records) {
    StringBuilder text = new StringBuilder();
    for (List<BigDecimal> record : records) {
      if (random.nextInt(10) == 0) {
        String header = fields.stream().map(Field::name).collect(Collectors.joining(","));
        text.append(random.nextBoolean() ? "\n" : header + "\n");
      }
      text.append(random.nextInt(8) == 0 ? json(record, true) : line(record));
      text.append(random.nextInt(5) == 0 ? "\r\n" : "\n");
    }
    if (random.nextBoolean()) {
      text.setLength(text.length() - 1);
    }
    return text.toString().getBytes(UTF_8);
  }

  /**
   * A block of words.
   *
   * @param run what the words in front of the block say, where they say it
   */
  public byte[] block(List<List<BigDecimal>> records, long run) {
    List<HeaderWord> header = detector.format().blockHeader();
    ByteBuffer block = ByteBuffer.allocate(8 * (header.size() + records.size()));
    block.order(detector.format().isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (HeaderWord word : header) {
      BigInteger any = new BigInteger(Long.SIZE, random);
      block.putLong(
          (word.isRun() ? with(any, word.lowestBit(), word.bits(), BigInteger.valueOf(run)) : any)
              .longValue());
    }
    for (List<BigDecimal> record : records) {
      BigInteger word = new BigInteger(Long.SIZE, random);
      for (int i = 0; i < fields.size(); i++) {
        Field field = fields.get(i);
        if (field.role() != Role.OTHER) {
          word = with(word, field.lowestBit(), field.bits(), record.get(i).toBigIntegerExact());
        }
      }
      block.putLong(word.longValue());
    }
    return block.array();
  }

  private static BigInteger with(BigInteger word, int lowest, int bits, BigInteger number) {
    BigInteger result = word;
    for (int i = 0; i < bits; i++) {
      result = number.testBit(i) ? result.setBit(lowest + i) : result.clearBit(lowest + i);
    }
    return result;
  }

  /** The numbers of a record that no board sent later than its own orbit. */
  private List<BigDecimal> numbers(DaqRecord r) {
    int wireBits = detector.format().field(Role.WIRE).map(Field::bits).orElse(0);
    int arrival = detector.format().arrival().stream().mapToInt(Arrival::arrivalBelow).sum();
    return fields.stream()
        .map(
            field ->
                switch (field.role()) {
                  case HEAD -> BigDecimal.valueOf(r.head());
                  case BOARD -> BigDecimal.valueOf(r.board());
                  case CHANNEL -> BigDecimal.valueOf(r.channel());
                  case LAYER -> BigDecimal.valueOf(r.channel() >> wireBits);
                  case WIRE -> BigDecimal.valueOf(r.channel() & (1 << wireBits) - 1);
                  case ORBIT ->
                      field.bits() == Long.SIZE
                          ? new BigDecimal(Long.toUnsignedString(r.orbit()))
                          : BigDecimal.valueOf(r.orbit());
                  case CROSSING -> BigDecimal.valueOf(r.crossing());
                  case TICK -> plain(BigDecimal.valueOf(r.tick()));
                  case ARRIVAL -> BigDecimal.valueOf(arrival);
                  case RUN -> BigDecimal.ONE;
                  case OTHER -> BigDecimal.ZERO;
                })
        .toList();
  }

  private static BigDecimal plain(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0 ? number.setScale(0) : number;
  }

  /** A JSON object; over several lines if {@code pretty}. */
  public String json(DaqRecord record, boolean pretty) {
    return json(numbers(record), pretty);
  }

  private String json(List<BigDecimal> record, boolean pretty) {
    boolean plain = random.nextInt(3) == 0;
    List<Path> paths =
        IntStream.range(0, fields.size())
            .mapToObj(i -> new Path(path(fields.get(i).name()), fields.get(i), record.get(i)))
            .toList();
    return object(paths, 0, plain, pretty);
  }

  /** The steps to a field, and its number. */
  private record Path(List<String> steps, Field field, BigDecimal number) {}

  private static List<String> path(String name) {
    if (!name.startsWith("/")) {
      return List.of(name);
    }
    return Arrays.stream(name.substring(1).split("/"))
        .map(step -> step.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  private String object(List<Path> paths, int depth, boolean plain, boolean pretty) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : paths.stream().map(path -> path.steps.get(depth)).distinct().toList()) {
      List<Path> of = paths.stream().filter(p -> p.steps.get(depth).equals(name)).toList();
      Path first = of.get(0);
      values.put(
          name,
          first.steps.size() > depth + 1
              ? object(of, depth + 1, plain, pretty)
              : first.field.role() == Role.OTHER && !plain
                  ? anything(2)
                  : jsonNumber(first.number, plain));
    }
    if (values.keySet().stream().allMatch(name -> name.matches("[0-9]")) && random.nextBoolean()) {
      return "[" + String.join("," + space(), elements(values)) + "]";
    }
    List<String> members = new ArrayList<>();
    values.forEach(
        (name, value) -> members.add(key(name, plain) + space() + ":" + space() + value));
    if (!plain) {
      for (int extra = random.nextInt(3); extra > 0; extra--) {
        members.add("\"extra" + extra + "\"" + space() + ":" + space() + anything(3));
      }
      Collections.shuffle(members, random);
    }
    return pretty
        ? "{\n  " + String.join(",\n  ", members) + "\n}"
        : "{" + space() + String.join("," + space(), members) + space() + "}";
  }

  /** Values by their numbers, and anything in between. */
  private List<String> elements(Map<String, String> values) {
    List<String> elements = new ArrayList<>();
    int size = values.keySet().stream().mapToInt(Integer::parseInt).max().orElseThrow() + 1;
    for (int i = 0; i < size + random.nextInt(2); i++) {
      String value = values.get(String.valueOf(i));
      elements.add(value == null ? anything(1) : value);
    }
    return elements;
  }

  /** A CSV line. */
  public String csv(DaqRecord record) {
    return csv(numbers(record));
  }

  private String csv(List<BigDecimal> record) {
    boolean plain = random.nextBoolean();
    List<String> columns = new ArrayList<>();
    for (BigDecimal number : record) {
      columns.add(plain ? number.toPlainString() : space() + loose(number) + space());
    }
    return String.join(",", columns);
  }

  /** A name in quotes, as JSON has it; now and then with an escape that it would not need. */
  private String key(String name, boolean plain) {
    int escaped = !plain && random.nextInt(20) == 0 ? random.nextInt(name.length()) : -1;
    StringBuilder key = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (i == escaped) {
        key.append(String.format("\\u%04x", (int) c));
      } else {
        key.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return key.append('"').toString();
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
