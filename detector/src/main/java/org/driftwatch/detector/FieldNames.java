package org.driftwatch.detector;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Role;

/**
 * The names of a record's fields at one level of its JSON, and those below: JSON Pointers laid out
 * as a tree. Immutable.
 */
final class FieldNames {
  /** What {@link #find} gives for a name that nothing is read of. */
  static final int NONE = -1;

  private final byte[][] names;

  /** Each name with the quote behind it, as JSON has it. */
  private final byte[][] written;

  /** Of each name, its field's number or {@link #NONE} where there are names below. */
  private final int[] fields;

  /** Of each element of an array, its name or {@link #NONE}. */
  private final int[] elements;

  /** Of each name, the names below, or null. */
  private final FieldNames[] below;

  /** The fields of this level and of those below. */
  private final int[] all;

  private final int depth;

  private FieldNames(List<Entry> entries, int depth) {
    this.depth = depth;
    List<String> here = entries.stream().map(e -> e.path.get(depth)).distinct().toList();
    all = entries.stream().mapToInt(Entry::field).toArray();
    names = new byte[here.size()][];
    written = new byte[names.length][];
    fields = new int[names.length];
    below = new FieldNames[names.length];
    for (int i = 0; i < names.length; i++) {
      String name = here.get(i);
      names[i] = name.getBytes(StandardCharsets.UTF_8);
      written[i] =
          (String.valueOf(JsonStringEncoder.getInstance().quoteAsString(name)) + '"')
              .getBytes(StandardCharsets.UTF_8);
      List<Entry> of = entries.stream().filter(e -> e.path.get(depth).equals(name)).toList();
      boolean leaf = of.get(0).path.size() == depth + 1;
      fields[i] = leaf ? of.get(0).field : NONE;
      below[i] = leaf ? null : new FieldNames(of, depth + 1);
    }
    List<String> numbers = here.stream().filter(name -> name.matches("0|[1-9][0-9]{0,3}")).toList();
    elements = new int[numbers.stream().mapToInt(n -> Integer.parseInt(n) + 1).max().orElse(0)];
    Arrays.fill(elements, NONE);
    numbers.forEach(number -> elements[Integer.parseInt(number)] = here.indexOf(number));
  }

  private record Entry(List<String> path, int field) {}

  /** The names of these fields; a field's number is its place in the list. */
  static FieldNames of(List<Field> fields) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).role() != Role.OTHER) {
        entries.add(new Entry(path(fields.get(i).name()), i));
      }
    }
    return new FieldNames(entries, 0);
  }

  /** The path of names that a field's name stands for; source: RFC 6901, JSON Pointer. */
  static List<String> path(String name) {
    if (!name.startsWith("/")) {
      return List.of(name);
    }
    return Arrays.stream(name.substring(1).split("/", -1))
        .map(token -> token.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  /** Number of names at this level. */
  int size() {
    return names.length;
  }

  /** True where this name, and the quote behind it, stand here. */
  boolean isAt(int name, byte[] b, int pos, int end) {
    return ByteText.startsWith(b, pos, end, written[name]);
  }

  /** Length of a name with the quote behind it, as it stands there. */
  int length(int name) {
    return written[name].length;
  }

  /** The name that these bytes are, or {@link #NONE}. */
  int find(byte[] b, int from, int to) {
    for (int i = 0; i < names.length; i++) {
      if (Arrays.equals(b, from, to, names[i], 0, names[i].length)) {
        return i;
      }
    }
    return NONE;
  }

  /** The name of an array's element, which is its number; or {@link #NONE}. */
  int element(int number) {
    return number < elements.length ? elements[number] : NONE;
  }

  /** The field of a name, {@link #NONE} where there are names below. */
  int field(int name) {
    return fields[name];
  }

  /** The fields of this level and of those below; not to be changed. */
  int[] all() {
    return all;
  }

  /** How many values a value of this level lies in, beside the record itself. */
  int depth() {
    return depth;
  }

  /** The names below a name that is no field. */
  FieldNames below(int name) {
    return below[name];
  }
}
