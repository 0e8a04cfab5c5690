package org.driftwatch.detector;

import static org.driftwatch.detector.ByteText.lineBreaks;
import static org.driftwatch.detector.ByteText.lineEnd;
import static org.driftwatch.detector.ByteText.plain;
import static org.driftwatch.detector.ByteText.quote;
import static org.driftwatch.detector.ByteText.quoteToken;
import static org.driftwatch.detector.ByteText.skipJsonSpace;
import static org.driftwatch.detector.ByteText.skipSpaces;
import static org.driftwatch.detector.ByteText.startsWith;
import static org.driftwatch.detector.ByteText.trimmedEnd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.driftwatch.detector.DetectorDescription.Format;
import org.driftwatch.detector.DetectorDescription.Role;

/**
 * Reads the value of a {@code stream} record in any format of the contract, recognised by content:
 * a JSON object with the fields that the detector's description names, a CSV line, several of these
 * one a line, or, where the record's header or the description says so, a block of 64-bit words.
 * Whatever is none of these goes to {@link RecordSink#malformed} with the reason, and costs no more
 * than its own line or word.
 *
 * <p>Numbers may be JSON numbers, numbers with a zero fraction, or strings that hold such. A hit
 * must have whole numbers within the fields' widths; of a trigger word only HEAD and the run number
 * must be. Blank lines between records and header lines are passed over. Within a record values
 * nest at most {@value #MAX_DEPTH} deep, numbers have at most 1000 characters. Of a JSON name that
 * comes twice the last value holds.
 *
 * <p>It scans the bytes themselves: no tree, no tokens, no garbage per hit. Not safe for use by
 * several threads; reuse one per thread.
 */
public final class RecordParser {
  /** Deepest nesting taken within a record. */
  public static final int MAX_DEPTH = 64;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] NOTHING = {};

  /** Of records that are written in many ways, a pattern is taken of one in so many. */
  private static final int MOST_PATIENCE = 4096;

  private final JsonScanner json = new JsonScanner();
  private final RecordFields fields;
  private final FieldNames names;
  private final byte[] header;
  private final WordFormat words;
  private final boolean hasWords;
  private final ValueFormat unmarked;
  private final boolean hasRuns;
  private final TextPattern.Places places;

  /** How JSON records are written that came before, if they are all written alike. */
  private TextPattern pattern = TextPattern.NONE;

  /** Records that are written otherwise until the pattern is taken from one of them. */
  private int patience;

  private int nextPatience = 1;
  private RecordFault fault = RecordFault.SYNTAX;
  private String error = "";

  /** A parser of a detector's records. */
  public RecordParser(DetectorDescription detector) {
    Format format = detector.format();
    fields = new RecordFields(detector, new HitLayout(detector));
    names = FieldNames.of(format.fields());
    byte[] columns = format.csvHeader().getBytes(StandardCharsets.UTF_8);
    places = fields.places();
    header = plain(columns, 0, columns.length);
    words = new WordFormat(detector);
    hasWords = format.hasWords();
    unmarked = format.valuesAreWords() ? ValueFormat.BLOCK : ValueFormat.TEXT;
    hasRuns =
        format.field(Role.RUN).isPresent()
            || format.blockHeader().stream().anyMatch(DetectorDescription.HeaderWord::isRun);
  }

  /**
   * Reads one value.
   *
   * @param value the bytes; null counts as empty
   * @param format what is known of its format
   */
  public void parse(byte[] value, ValueFormat format, RecordSink sink) {
    parse(value == null ? NOTHING : value, 0, value == null ? 0 : value.length, format, sink);
  }

  /**
   * Reads one value that lies among others. What is told to the sink of places counts from its
   * first byte.
   *
   * @param b holds the bytes
   * @param from where its first byte is
   * @param to the place after its last byte
   * @param format what is known of its format
   */
  public void parse(byte[] b, int from, int to, ValueFormat format, RecordSink sink) {
    if (hasRuns) {
      sink.run(RecordSink.NO_RUN);
    }
    if (from == to) {
      sink.malformed(
          RecordFault.EMPTY, 0, 0, 0, "empty value, expected JSON, CSV or a block of words");
      return;
    }
    ValueFormat known = format == ValueFormat.UNMARKED ? unmarked : format;
    if (known == ValueFormat.TEXT) {
      text(b, from, to, sink);
    } else if (!hasWords) {
      sink.malformed(
          RecordFault.WORDS,
          0,
          0,
          to - from,
          "block of words, but the detector description has no bit fields (lowestBit); expected"
              + " JSON or CSV");
    } else if (known == ValueFormat.BLOCK) {
      words.block(b, from, to, sink);
    } else {
      words.words(b, from, from, to, sink);
    }
  }

  /**
   * About how many records a value has that is not read: its words, or one where it is text.
   *
   * @param length bytes of the value
   * @param format what is known of its format
   */
  public long records(int length, ValueFormat format) {
    return switch (format == ValueFormat.UNMARKED ? unmarked : format) {
      case BLOCK -> Math.max(1, (length - words.headerBytes()) / WordFormat.BYTES);
      case BARE_WORDS -> Math.max(1, length / WordFormat.BYTES);
      default -> 1;
    };
  }

  private void text(byte[] b, int from, int end, RecordSink sink) {
    int pos = startsWith(b, from, end, BYTE_ORDER_MARK) ? from + BYTE_ORDER_MARK.length : from;
    boolean blank = true;
    int line = 0;
    int counted = from;
    while (true) {
      pos = skipJsonSpace(b, pos, end);
      if (pos == end) {
        if (blank) {
          sink.malformed(
              RecordFault.EMPTY,
              0,
              0,
              end - from,
              "blank value, expected JSON, CSV or a block of words");
        }
        return;
      }
      int next = b[pos] == '{' ? jsonRecord(b, pos, end, sink) : csvRecord(b, pos, end, sink);
      if (next < 0) {
        int lineEnd = lineEnd(b, pos, end);
        line += lineBreaks(b, counted, pos);
        counted = pos;
        sink.malformed(fault, line, pos - from, trimmedEnd(b, pos, lineEnd) - from, error);
        next = lineEnd;
      }
      pos = next;
      blank = false;
    }
  }

  /** Reads the object at pos and hands it on; the position after it, or -1 with the error set. */
  private int jsonRecord(byte[] b, int pos, int end, RecordSink sink) {
    int like = fields.like(pattern, b, pos, end, sink);
    if (like >= 0) {
      return like;
    }
    fields.clear();
    places.begin(patience == 0);
    int after = object(b, pos, end, names);
    if (after < 0) {
      return fail(RecordFault.SYNTAX, json.error());
    }
    int rest = skipSpaces(b, after, end);
    if (rest < end && b[rest] != '\n') {
      return fail(
          RecordFault.SYNTAX,
          "text after the JSON object: " + quote(b, rest, lineEnd(b, rest, end)));
    }
    if (!fields.deliver(sink)) {
      return fail(RecordFault.FIELD, fields.error());
    }
    if (patience-- == 0) {
      pattern = fields.pattern(b, pos, rest, places);
      patience = nextPatience;
      nextPatience = Math.min(MOST_PATIENCE, 2 * nextPatience);
    }
    return rest;
  }

  private int object(byte[] b, int pos, int end, FieldNames here) {
    int expected = 0;
    int p = skipJsonSpace(b, pos + 1, end);
    if (p < end && b[p] == '}') {
      return p + 1;
    }
    while (true) {
      if (p >= end || b[p] != '"') {
        return json.unexpected(b, p, end, "a field's name in quotes");
      }
      p++;
      int name;
      if (expected < here.size() && here.isAt(expected, b, p, end)) {
        name = expected;
        p += here.length(name);
      } else {
        int from = p;
        p = json.string(b, p, end);
        if (p < 0) {
          return -1;
        }
        name = name(b, from, p - 1, here);
      }
      expected = name + 1;
      if (p >= end || b[p] != ':') {
        p = skipJsonSpace(b, p, end);
        if (p >= end || b[p] != ':') {
          return json.unexpected(b, p, end, "a colon");
        }
      }
      p = value(b, skipJsonSpace(b, p + 1, end), end, here, name);
      if (p < 0) {
        return -1;
      }
      p = skipJsonSpace(b, p, end);
      if (p < end && b[p] == ',') {
        p = skipJsonSpace(b, p + 1, end);
      } else if (p < end && b[p] == '}') {
        return p + 1;
      } else {
        return json.unexpected(b, p, end, "a comma or the end of the object");
      }
    }
  }

  /** Reads an array whose elements have names, which are their numbers. */
  private int array(byte[] b, int pos, int end, FieldNames here) {
    int p = skipJsonSpace(b, pos + 1, end);
    if (p < end && b[p] == ']') {
      return p + 1;
    }
    for (int element = 0; ; element++) {
      p = value(b, p, end, here, here.element(element));
      if (p < 0) {
        return -1;
      }
      p = skipJsonSpace(b, p, end);
      if (p < end && b[p] == ',') {
        p = skipJsonSpace(b, p + 1, end);
      } else if (p < end && b[p] == ']') {
        return p + 1;
      } else {
        return json.unexpected(b, p, end, "a comma or the end of the array");
      }
    }
  }

  /** The name that stands from and to, or {@link FieldNames#NONE}. */
  private int name(byte[] b, int from, int to, FieldNames here) {
    if (json.escaped()) {
      byte[] text = JsonScanner.unescape(b, from, to);
      return here.find(text, 0, text.length);
    }
    return here.find(b, from, to);
  }

  private int value(byte[] b, int pos, int end, FieldNames here, int name) {
    if (name == FieldNames.NONE) {
      int after = json.skipValue(b, pos, end, here.depth());
      places.passed(pos, after);
      return after;
    }
    int field = here.field(name);
    return field != FieldNames.NONE
        ? fieldValue(b, pos, end, field, here.depth())
        : valueOfNames(b, pos, end, here.below(name));
  }

  /** Reads a value that fields lie in. Where its name comes twice, the last one holds. */
  private int valueOfNames(byte[] b, int pos, int end, FieldNames below) {
    for (int field : below.all()) {
      fields.clear(field);
      places.none(field);
    }
    if (pos < end && b[pos] == '{') {
      return object(b, pos, end, below);
    }
    if (pos < end && b[pos] == '[') {
      return array(b, pos, end, below);
    }
    return json.skipValue(b, pos, end, below.depth());
  }

  private int fieldValue(byte[] b, int pos, int end, int field, int depth) {
    if (pos < end && (b[pos] == '-' || (b[pos] >= '0' && b[pos] <= '9'))) {
      int after = fields.jsonNumber(field, b, pos, end);
      places.field(field, pos, after);
      return after >= 0
          ? after
          : json.fail(fields.name(field) + " is no JSON number: " + quoteToken(b, pos, end));
    }
    if (pos < end && b[pos] == '"') {
      int after = json.string(b, pos + 1, end);
      if (after < 0) {
        return -1;
      }
      if (json.escaped()) {
        byte[] text = JsonScanner.unescape(b, pos + 1, after - 1);
        fields.text(field, text, 0, text.length);
        places.none(field);
      } else {
        fields.text(field, b, pos + 1, after - 1);
        places.field(field, pos + 1, after - 1);
      }
      return after;
    }
    fields.noNumber(field);
    places.none(field);
    return json.skipValue(b, pos, end, depth);
  }

  private int csvRecord(byte[] b, int pos, int end, RecordSink sink) {
    int lineEnd = fields.plainLine(b, pos, end, sink);
    if (lineEnd < 0) {
      lineEnd = fields.numberLine(b, pos, end, sink);
    }
    return lineEnd >= 0 ? lineEnd : anyCsvRecord(b, pos, end, sink);
  }

  private int anyCsvRecord(byte[] b, int pos, int end, RecordSink sink) {
    fields.clear();
    int lineEnd = lineEnd(b, pos, end);
    int column = 0;
    int from = pos;
    for (int p = pos; p <= lineEnd; p++) {
      if (p == lineEnd || b[p] == ',') {
        if (column < fields.size()) {
          fields.text(column, b, from, p);
        }
        column++;
        from = p + 1;
      }
    }
    boolean isWhole = column == fields.size();
    if ((isWhole && fields.deliver(sink)) || isHeader(b, pos, lineEnd)) {
      return lineEnd;
    }
    if (!isWhole) {
      return fail(
          RecordFault.COLUMNS,
          column
              + (column == 1 ? " field" : " fields")
              + ", expected "
              + fields.size()
              + ": "
              + quote(b, pos, lineEnd));
    }
    return fail(RecordFault.FIELD, fields.error());
  }

  /** True for a header, which may be spaced and in small letters, or in capitals. */
  private boolean isHeader(byte[] b, int from, int to) {
    return to - from >= header.length && Arrays.equals(plain(b, from, to), header);
  }

  private int fail(RecordFault kind, String reason) {
    fault = kind;
    error = reason;
    return -1;
  }
}
