package org.driftwatch.detector;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Role;

/**
 * Writes a detector's records in the formats of the {@code stream} contract into a buffer that
 * grows and is reused: JSON objects, CSV lines, 64-bit words. Where records say when the board sent
 * them, it is some crossings after the hit; what the description passes over is 0. Not safe for use
 * by several threads.
 *
 * <pre>{@code
 * RecordWriter writer = new RecordWriter(detector);
 * writer.json(record);
 * byte[] value = writer.take();
 * }</pre>
 */
public final class RecordWriter {
  /** Characters of a number but for {@link #tick}, which asks for more where it needs them. */
  private static final int LONGEST_NUMBER = 20;

  private final RecordPacking packing;
  private final HitLayout layout;
  private final WordFormat words;
  private final OrbitRule orbits;
  private final int wireBits;

  private final Role[] roles;

  /** Of each field, its place in a word or -1, its width and the number of its first. */
  private final int[] shifts;

  private final int[] masks;
  private final int[] first;

  /** The fields in the order of JSON, where those in one object stand together. */
  private final int[] jsonFields;

  /** What stands in JSON before each of them. */
  private final byte[][] jsonKeys;

  private final byte[] jsonEnd;
  private final byte[] csvHeader;
  private final int longestJson;
  private final boolean hasArrival;

  private final long[] values;
  private double tick;
  private long run;

  private byte[] buffer = new byte[256];
  private int length;

  /** A writer of a detector's records; their run is number 0. */
  public RecordWriter(DetectorDescription detector) {
    packing = new RecordPacking(detector);
    layout = packing.layout();
    words = new WordFormat(detector);
    orbits = new OrbitRule(detector, layout);
    List<Field> fields = detector.format().fields();
    wireBits = detector.format().field(Role.WIRE).map(Field::bits).orElse(0);
    hasArrival = detector.format().field(Role.ARRIVAL).isPresent();
    int size = fields.size();
    roles = new Role[size];
    shifts = new int[size];
    masks = new int[size];
    first = new int[size];
    values = new long[size];
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Field field = fields.get(i);
      roles[i] = field.role();
      shifts[i] = field.role() == Role.ORBIT ? -1 : layout.shift(field.role());
      masks[i] = shifts[i] < 0 ? 0 : (1 << field.bits()) - 1;
      first[i] = field.role() == Role.TICK ? 0 : field.first();
      paths.add(new Path(FieldNames.path(field.name()), i));
    }
    JsonTemplate json = new JsonTemplate(paths);
    jsonFields = json.fields.stream().mapToInt(Integer::intValue).toArray();
    jsonKeys = json.keys.toArray(byte[][]::new);
    csvHeader = detector.format().csvHeader().getBytes(StandardCharsets.UTF_8);
    jsonEnd = json.text.toString().getBytes(StandardCharsets.UTF_8);
    longestJson =
        json.keys.stream().mapToInt(key -> key.length + LONGEST_NUMBER).sum() + jsonEnd.length;
  }

  /** The names that lead to a field in JSON. */
  private record Path(List<String> names, int field) {}

  /** What stands between the values of a JSON object with the fields in the order of their list. */
  private static final class JsonTemplate {
    final List<Integer> fields = new ArrayList<>();
    final List<byte[]> keys = new ArrayList<>();
    final StringBuilder text = new StringBuilder();

    JsonTemplate(List<Path> paths) {
      object(paths, 0);
    }

    private void object(List<Path> paths, int depth) {
      char before = '{';
      for (String name : paths.stream().map(path -> path.names.get(depth)).distinct().toList()) {
        text.append(before).append('"');
        JsonStringEncoder.getInstance().quoteAsString(name, text);
        text.append("\":");
        List<Path> of = paths.stream().filter(p -> p.names.get(depth).equals(name)).toList();
        if (of.get(0).names.size() > depth + 1) {
          object(of, depth + 1);
        } else {
          fields.add(of.get(0).field);
          keys.add(text.toString().getBytes(StandardCharsets.UTF_8));
          text.setLength(0);
        }
        before = ',';
      }
      text.append('}');
    }
  }

  /** The number of the run of what is written from now on; not used where records hold none. */
  public RecordWriter run(long number) {
    run = number;
    return this;
  }

  /** Bytes written since the last {@link #take()}. */
  public int length() {
    return length;
  }

  /** Appends a record as a JSON object without a line's end. */
  public RecordWriter json(DaqRecord record) {
    set(record);
    return json();
  }

  /**
   * Appends a record as a JSON object without a line's end.
   *
   * @param hit the record, see {@link HitLayout}
   * @param orbitAbove the bits of its orbit above those in it
   */
  public RecordWriter json(long hit, long orbitAbove) {
    set(hit, orbitAbove);
    return json();
  }

  /** Appends the line that names the columns of CSV, without its end. */
  public RecordWriter csvHeader() {
    ensure(csvHeader.length);
    bytes(csvHeader);
    return this;
  }

  /** Appends a record as a CSV line in column order without a line's end. */
  public RecordWriter csv(DaqRecord record) {
    set(record);
    return csv();
  }

  /**
   * Appends a record as a CSV line in column order without a line's end.
   *
   * @param hit the record, see {@link HitLayout}
   * @param orbitAbove the bits of its orbit above those in it
   */
  public RecordWriter csv(long hit, long orbitAbove) {
    set(hit, orbitAbove);
    return csv();
  }

  /**
   * Appends a record as a word of the DAQ.
   *
   * @param hit the record, see {@link HitLayout}
   * @param orbitAbove the bits of its orbit above those in it
   */
  public RecordWriter word(long hit, long orbitAbove) {
    return daqWord(words.word(hit, orbitAbove, run));
  }

  /** Appends what the description puts in front of a block's first word, if anything. */
  public RecordWriter blockHeader() {
    for (int i = 0; i < words.headerWords(); i++) {
      daqWord(words.headerWord(i, run));
    }
    return this;
  }

  private RecordWriter daqWord(long word) {
    ensure(WordFormat.BYTES);
    words.write(buffer, length, word);
    length += WordFormat.BYTES;
    return this;
  }

  /** Appends a line's end, to put several records into one value. */
  public RecordWriter newLine() {
    ensure(1);
    buffer[length++] = '\n';
    return this;
  }

  /** The bytes written so far, as a new array; the writer starts anew. */
  public byte[] take() {
    byte[] bytes = Arrays.copyOf(buffer, length);
    length = 0;
    return bytes;
  }

  private void set(long hit, long orbitAbove) {
    tick = layout.tick(hit);
    for (int i = 0; i < shifts.length; i++) {
      if (shifts[i] >= 0) {
        values[i] = ((hit >>> shifts[i]) + first[i]) & masks[i];
      }
    }
    setOthers(layout.orbit(hit, orbitAbove), layout.crossing(hit), hasArrival);
  }

  private void set(DaqRecord r) {
    tick = r.tick();
    for (int i = 0; i < roles.length; i++) {
      values[i] =
          switch (roles[i]) {
            case HEAD -> r.head();
            case BOARD -> r.board();
            case CHANNEL -> r.channel();
            case LAYER -> r.channel() >> wireBits;
            case WIRE -> r.channel() & (1 << wireBits) - 1;
            case CROSSING -> r.crossing();
            case ORBIT, TICK, ARRIVAL, RUN, OTHER -> 0;
          };
    }
    setOthers(
        r.orbit(), r.crossing(), hasArrival && packing.isHit(r) && packing.isOrbit(r.orbit()));
  }

  private void setOthers(long orbit, int crossing, boolean arrives) {
    for (int i = 0; i < roles.length; i++) {
      if (shifts[i] < 0) {
        values[i] =
            switch (roles[i]) {
              case ORBIT -> arrives ? orbits.arrivalOrbit(orbit, crossing) : orbit;
              case ARRIVAL -> arrives ? orbits.arrivalCrossing(crossing) : 0;
              case RUN -> run;
              default -> 0;
            };
      }
    }
  }

  private RecordWriter json() {
    ensure(longestJson);
    for (int i = 0; i < jsonFields.length; i++) {
      bytes(jsonKeys[i]);
      value(jsonFields[i], longestJson);
    }
    bytes(jsonEnd);
    return this;
  }

  private RecordWriter csv() {
    int longest = roles.length * (1 + LONGEST_NUMBER);
    ensure(longest);
    for (int i = 0; i < roles.length; i++) {
      if (i > 0) {
        buffer[length++] = ',';
      }
      value(i, longest);
    }
    return this;
  }

  private void value(int field, int longestRest) {
    if (roles[field] == Role.TICK) {
      tick(longestRest);
    } else if (roles[field] == Role.ORBIT && values[field] < 0 && packing.isOrbit(-1)) {
      bytes(Long.toUnsignedString(values[field]).getBytes(StandardCharsets.US_ASCII));
    } else {
      number(values[field]);
    }
  }

  private void ensure(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }

  private void bytes(byte[] text) {
    System.arraycopy(text, 0, buffer, length, text.length);
    length += text.length;
  }

  private void tick(int longestRest) {
    if (tick == Math.rint(tick) && Math.abs(tick) < 1e15) {
      number((long) tick);
    } else {
      String text = BigDecimal.valueOf(tick).toPlainString();
      ensure(text.length() + longestRest);
      bytes(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void number(long value) {
    long rest = value;
    if (rest < 0) {
      buffer[length++] = '-';
      rest = -rest;
    }
    int digits = 1;
    for (long limit = rest / 10; limit > 0; limit /= 10) {
      digits++;
    }
    for (int i = length + digits - 1; i >= length; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }
}
