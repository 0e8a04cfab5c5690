package org.driftwatch.detector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON of a window summary, the value of the topic {@code results}: written and read as a
 * stream, fields in the contract's order. Equal summaries give equal bytes. Safe for use by several
 * threads. The message's JSON Schema is {@link #schema()}.
 */
public final class SummaryJson {
  /** Largest message read, bytes; a window of the course has some ten thousand. */
  public static final int MAX_BYTES = 4 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // A message would quote the text, lines and all.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(RecordParser.MAX_DEPTH)
                  .maxNumberLength(NumberScanner.MAX_LENGTH)
                  .build())
          .build();

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** What the field of a chamber's segments begins with; the chamber's number follows. */
  private static final String TRACKS = "tracks_ch";

  private SummaryJson() {}

  /** The JSON's field of a chamber's segments. */
  public static String tracksField(int chamber) {
    return TRACKS + chamber;
  }

  /** Thrown for a message that is not a window summary; the text says what and where. */
  public static final class FormatException extends IOException {
    FormatException(String message) {
      super(message);
    }

    FormatException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The key of a window on the topic: its start, ISO-8601 UTC with milliseconds. */
  public static String key(Instant windowStart) {
    return MILLIS.format(windowStart);
  }

  /** The JSON Schema of the message. */
  public static String schema() {
    try (InputStream in = SummaryJson.class.getResourceAsStream("window-summary.schema.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a summary as UTF-8 JSON. */
  public static byte[] write(WindowSummary s) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(16384);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("version", WindowSummary.VERSION);
      json.writeFieldName("window");
      if (s.window().isPresent()) {
        WindowSummary.Span span = s.window().get();
        json.writeStartObject();
        json.writeStringField("start", MILLIS.format(span.start()));
        json.writeStringField("end", MILLIS.format(span.end()));
        json.writeEndObject();
      } else {
        json.writeNull();
      }
      json.writeNumberField("revision", s.revision());
      if (s.incomplete()) {
        json.writeBooleanField("incomplete", true);
      }
      if (!s.runs().isEmpty()) {
        json.writeArrayFieldStart("run");
        for (long run : s.runs()) {
          json.writeNumber(run);
        }
        json.writeEndArray();
      }
      SummaryLayout layout = SummaryLayout.of(s);
      long[] counts = layout.counts(s);
      for (SummaryLayout.Field field : layout.scalarFields()) {
        json.writeFieldName(field.name());
        if (field.isArray()) {
          json.writeArray(counts, field.index(), field.size());
        } else {
          json.writeNumber(counts[field.index()]);
        }
      }
      for (int i = 0; i < layout.chambers(); i++) {
        for (ChamberHistogram which : ChamberHistogram.values()) {
          histogram(json, which.field(i), s.chamber(i).histogram(which), which.hasFlows());
        }
      }
      for (int i = 0; i < layout.chambers(); i++) {
        if (s.chamber(i).tracks().isPresent()) {
          json.writeObjectFieldStart(TRACKS + i);
          tracks(json, s.chamber(i).tracks().get());
          json.writeEndObject();
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void tracks(JsonGenerator json, TrackSummary t) throws IOException {
    json.writeNumberField("segments", t.segments());
    json.writeNumberField("segments4", t.segments4());
    json.writeNumberField("ambiguous", t.ambiguous());
    json.writeNumberField("busy", t.busy());
    numbers(json, "tested", t.tested());
    numbers(json, "found", t.found());
    numbers(json, "noise", t.noise());
    for (TrackHistogram which : TrackHistogram.values()) {
      histogram(json, which.field(), t.histogram(which), true);
    }
    json.writeObjectFieldStart("sums");
    for (TrackSum which : TrackSum.values()) {
      json.writeNumberField(which.field(), t.sum(which));
    }
    json.writeEndObject();
  }

  private static void numbers(JsonGenerator json, String name, List<Long> numbers)
      throws IOException {
    json.writeFieldName(name);
    json.writeArray(numbers.stream().mapToLong(n -> n).toArray(), 0, numbers.size());
  }

  private static void histogram(JsonGenerator json, String name, Histogram h, boolean flows)
      throws IOException {
    json.writeObjectFieldStart(name);
    int[] edges = h.edges();
    json.writeFieldName("bin_edges");
    json.writeArray(edges, 0, edges.length);
    long[] counts = h.counts();
    json.writeFieldName("bin_counts");
    json.writeArray(counts, 0, counts.length);
    if (flows) {
      json.writeNumberField("underflow", h.underflow());
      json.writeNumberField("overflow", h.overflow());
    }
    json.writeEndObject();
  }

  /**
   * Reads a summary. Skips fields that are not in the contract; they nest at most {@value
   * RecordParser#MAX_DEPTH} deep, numbers have at most 1000 characters.
   *
   * @throws FormatException where the bytes are no JSON, the version is unknown, or a field is
   *     missing or out of shape
   */
  public static WindowSummary read(byte[] value) throws FormatException {
    if (value == null || value.length == 0) {
      throw new FormatException("empty message, expected a window summary in JSON");
    }
    if (value.length > MAX_BYTES) {
      throw new FormatException(
          "message of " + value.length + " bytes, expected at most " + MAX_BYTES);
    }
    try (JsonParser json = JSON.createParser(value)) {
      return new Reading(json).summary();
    } catch (FormatException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new FormatException(
          "not a window summary: " + OneLine.of(e.getOriginalMessage()) + at(e.getLocation()), e);
    } catch (IOException | DateTimeParseException | IllegalArgumentException e) {
      throw new FormatException("not a window summary: " + e.getMessage(), e);
    }
  }

  private static String at(com.fasterxml.jackson.core.JsonLocation location) {
    return location == null ? "" : " at byte " + location.getByteOffset();
  }

  /** One message being read: the fields found so far. */
  private static final class Reading {
    private static final SummaryLayout MOST =
        new SummaryLayout(new int[DetectorDescription.MAX_CHAMBERS]);
    private static final Map<String, SummaryLayout.Field> SCALARS = new LinkedHashMap<>();
    private static final Map<String, ChamberHistogram> HISTOGRAMS = new HashMap<>();
    private static final Map<String, Integer> TRACK_FIELDS = new HashMap<>();
    private static final Map<String, TrackHistogram> TRACK_HISTOGRAMS = new HashMap<>();

    static {
      for (SummaryLayout.Field field : MOST.scalarFields()) {
        SCALARS.put(field.name(), field);
      }
      for (int chamber = 0; chamber < MOST.chambers(); chamber++) {
        for (ChamberHistogram which : ChamberHistogram.values()) {
          HISTOGRAMS.put(which.field(chamber), which);
        }
        TRACK_FIELDS.put(tracksField(chamber), chamber);
      }
      for (TrackHistogram which : TrackHistogram.values()) {
        TRACK_HISTOGRAMS.put(which.field(), which);
      }
    }

    private final JsonParser json;
    private final Set<String> found = new HashSet<>();
    private long revision;
    private boolean incomplete;
    private List<Long> runs = List.of();
    private Optional<WindowSummary.Span> window = Optional.empty();
    private int chambers;
    private final long[] scalars = new long[MOST.size()];
    private final Map<String, Histogram> histograms = new HashMap<>();
    private final Map<Integer, TrackSummary> tracks = new HashMap<>();

    Reading(JsonParser json) {
      this.json = json;
    }

    WindowSummary summary() throws IOException {
      expect(json.nextToken(), JsonToken.START_OBJECT, "", "a JSON object");
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        json.nextToken();
        field(field);
      }
      if (json.nextToken() != null) {
        throw new FormatException("more than one JSON value in the message");
      }
      return assemble();
    }

    private void field(String field) throws IOException {
      found.add(field);
      switch (field) {
        case "version" -> version(count(field));
        case "window" -> window = window();
        case "revision" -> revision = count(field);
        case "incomplete" -> incomplete = truth(field);
        case "run" -> runs = Arrays.stream(counts(field)).boxed().toList();
        default -> {
          if (SCALARS.containsKey(field)) {
            scalars(SCALARS.get(field));
          } else if (HISTOGRAMS.containsKey(field)) {
            histograms.put(field, histogram(field, HISTOGRAMS.get(field).hasFlows()));
          } else if (TRACK_FIELDS.containsKey(field)) {
            tracks.put(TRACK_FIELDS.get(field), tracks(field));
          } else {
            json.skipChildren();
          }
        }
      }
    }

    private static void version(long version) throws FormatException {
      if (version != WindowSummary.VERSION) {
        throw new FormatException("version " + version + ", expected " + WindowSummary.VERSION);
      }
    }

    private void scalars(SummaryLayout.Field field) throws IOException {
      if (field.isArray()) {
        long[] values = counts(field.name());
        if (values.length == 0 || values.length > field.size()) {
          throw new FormatException(
              field.name() + " has " + values.length + " numbers, expected 1 to " + field.size());
        }
        chambers = values.length;
        System.arraycopy(values, 0, scalars, field.index(), values.length);
      } else {
        scalars[field.index()] = count(field.name());
      }
    }

    private Histogram histogram(String field, boolean hasFlows) throws IOException {
      expect(json.currentToken(), JsonToken.START_OBJECT, field, " as an object");
      int[] edges = null;
      long[] counts = null;
      long underflow = -1;
      long overflow = -1;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "bin_edges" -> edges = edges(field);
          case "bin_counts" -> counts = counts(field + ".bin_counts");
          case "underflow" -> underflow = count(field + ".underflow");
          case "overflow" -> overflow = count(field + ".overflow");
          default -> json.skipChildren();
        }
      }
      if (edges == null || counts == null) {
        throw new FormatException(field + " lacks bin_edges or bin_counts");
      }
      if (edges.length != counts.length + 1) {
        throw new FormatException(
            field + " has " + edges.length + " edges and " + counts.length + " counts");
      }
      if (hasFlows && (underflow < 0 || overflow < 0)) {
        throw new FormatException(field + " lacks underflow or overflow");
      }
      return Histogram.of(edges, counts, Math.max(0, underflow), Math.max(0, overflow));
    }

    private TrackSummary tracks(String of) throws IOException {
      expect(json.currentToken(), JsonToken.START_OBJECT, of, " as an object");
      Map<String, Long> scalar = new HashMap<>();
      Map<String, List<Long>> cells = new HashMap<>();
      Map<String, Histogram> bins = new HashMap<>();
      Map<String, Long> sums = new HashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        String field = of + "." + name;
        json.nextToken();
        switch (name) {
          case "segments", "segments4", "ambiguous", "busy" -> scalar.put(name, count(field));
          case "tested", "found", "noise" ->
              cells.put(name, Arrays.stream(counts(field)).boxed().toList());
          case "sums" -> sums = sums(field);
          default -> {
            TrackHistogram which = TRACK_HISTOGRAMS.get(name);
            if (which == null) {
              json.skipChildren();
            } else {
              bins.put(name, histogram(field, true));
              checkEdges(field, bins.get(name), which.edges());
            }
          }
        }
      }
      return new TrackSummary(
          there(of, scalar, "segments"),
          there(of, scalar, "segments4"),
          there(of, scalar, "ambiguous"),
          there(of, scalar, "busy"),
          there(of, cells, "tested"),
          there(of, cells, "found"),
          there(of, cells, "noise"),
          all(of, bins, Arrays.stream(TrackHistogram.values()).map(TrackHistogram::field).toList()),
          all(of + ".sums", sums, Arrays.stream(TrackSum.values()).map(TrackSum::field).toList()));
    }

    private static <T> List<T> all(String of, Map<String, T> found, List<String> names)
        throws FormatException {
      List<T> all = new ArrayList<>();
      for (String name : names) {
        all.add(there(of, found, name));
      }
      return all;
    }

    private static <T> T there(String of, Map<String, T> found, String name)
        throws FormatException {
      T value = found.get(name);
      if (value == null) {
        throw new FormatException("field " + of + "." + name + " is missing");
      }
      return value;
    }

    /** Sums, which may be below 0. */
    private Map<String, Long> sums(String field) throws IOException {
      expect(json.currentToken(), JsonToken.START_OBJECT, field, " as an object");
      Map<String, Long> sums = new HashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, field, " as whole numbers");
        sums.put(name, json.getLongValue());
      }
      return sums;
    }

    private static void checkEdges(String field, Histogram histogram, int[] expected)
        throws FormatException {
      if (!Arrays.equals(histogram.edges(), expected)) {
        throw new FormatException(
            "%s edges are not %d, %d, ..., %d"
                .formatted(field, expected[0], expected[1], expected[expected.length - 1]));
      }
    }

    private int[] edges(String field) throws IOException {
      int[] values = new int[DetectorDescription.MAX_CELLS + 1];
      int n = 0;
      expect(json.currentToken(), JsonToken.START_ARRAY, field, ".bin_edges as an array");
      while (json.nextToken() != JsonToken.END_ARRAY) {
        expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, field, ".bin_edges whole numbers");
        if (n == values.length) {
          throw new FormatException(field + " has more than " + values.length + " edges");
        }
        values[n] = json.getIntValue();
        if (n > 0 && values[n] <= values[n - 1]) {
          throw new FormatException(
              field + " edges do not ascend at " + values[n] + " after " + values[n - 1]);
        }
        n++;
      }
      return Arrays.copyOf(values, n);
    }

    private Optional<WindowSummary.Span> window() throws IOException {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        return Optional.empty();
      }
      expect(json.currentToken(), JsonToken.START_OBJECT, "window", " as an object or null");
      Instant start = null;
      Instant end = null;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "start" -> start = instant("window.start");
          case "end" -> end = instant("window.end");
          default -> json.skipChildren();
        }
      }
      if (start == null || end == null) {
        throw new FormatException("window lacks start or end");
      }
      return Optional.of(new WindowSummary.Span(start, end));
    }

    /** An instant as it is written: milliseconds, years of four digits. */
    private Instant instant(String field) throws IOException {
      expect(json.currentToken(), JsonToken.VALUE_STRING, field, " as a string");
      String text = json.getText();
      if (text.length() == key(Instant.EPOCH).length()) {
        Instant instant = Instant.parse(text);
        if (key(instant).equals(text)) {
          return instant;
        }
      }
      throw new FormatException(
          field + " is no instant in UTC with milliseconds such as " + key(Instant.EPOCH));
    }

    private boolean truth(String field) throws IOException {
      if (json.currentToken() != JsonToken.VALUE_FALSE) {
        expect(json.currentToken(), JsonToken.VALUE_TRUE, field, " as true or false");
      }
      return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    private long[] counts(String field) throws IOException {
      expect(json.currentToken(), JsonToken.START_ARRAY, field, " as an array");
      long[] values = new long[DetectorDescription.MAX_CELLS];
      int n = 0;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (n == values.length) {
          throw new FormatException(field + " has more than " + values.length + " numbers");
        }
        values[n++] = count(field);
      }
      return Arrays.copyOf(values, n);
    }

    private long count(String field) throws IOException {
      expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, field, " as a whole number");
      long value = json.getLongValue();
      if (value < 0) {
        throw new FormatException(field + " is " + value + ", expected 0 or more");
      }
      return value;
    }

    /** The words are put together only where they are needed: this is asked for every number. */
    private static void expect(JsonToken token, JsonToken expected, String field, String what)
        throws FormatException {
      if (token != expected) {
        throw new FormatException("expected " + field + what + ", found " + token);
      }
    }

    private WindowSummary assemble() throws FormatException {
      require(List.of("version", "revision"));
      require(SCALARS.keySet());
      require(List.of("window"));
      if (revision > Integer.MAX_VALUE) {
        throw new FormatException(
            "revision is " + revision + ", expected at most " + Integer.MAX_VALUE);
      }
      for (int chamber = chambers; chamber < MOST.chambers(); chamber++) {
        for (ChamberHistogram which : ChamberHistogram.values()) {
          if (histograms.containsKey(which.field(chamber))) {
            throw new FormatException(
                which.field(chamber)
                    + " is there, but hitsPerChamber has "
                    + chambers
                    + " numbers");
          }
        }
        if (tracks.containsKey(chamber)) {
          throw new FormatException(
              "%s is there, but hitsPerChamber has %d numbers"
                  .formatted(tracksField(chamber), chambers));
        }
      }
      int[] cells = new int[chambers];
      for (int chamber = 0; chamber < chambers; chamber++) {
        for (ChamberHistogram which : ChamberHistogram.values()) {
          require(List.of(which.field(chamber)));
        }
        cells[chamber] = histograms.get(ChamberHistogram.OCCUPANCY.field(chamber)).bins();
        for (ChamberHistogram which : ChamberHistogram.values()) {
          checkBins(which, chamber, cells[chamber]);
        }
        TrackSummary t = tracks.get(chamber);
        if (t != null && t.tested().size() != cells[chamber]) {
          throw new FormatException(
              "%s.tested has %d numbers, expected %d"
                  .formatted(tracksField(chamber), t.tested().size(), cells[chamber]));
        }
      }
      return new SummaryLayout(cells)
          .summary(
              new WindowSummary.Head(window, (int) revision, incomplete, runs),
              scalars,
              (which, chamber) -> histograms.get(which.field(chamber)),
              chamber -> Optional.ofNullable(tracks.get(chamber)));
    }

    private void checkBins(ChamberHistogram which, int chamber, int cells) throws FormatException {
      String field = which.field(chamber);
      Histogram histogram = histograms.get(field);
      if (histogram.bins() != which.bins(cells)) {
        throw new FormatException(
            field + " has " + histogram.bins() + " bins, expected " + which.bins(cells));
      }
      int[] expected = which.edges(0, cells);
      if (!which.isPerChannel()) {
        checkEdges(field, histogram, expected);
      }
    }

    private void require(Collection<String> fields) throws FormatException {
      for (String field : fields) {
        if (!found.contains(field)) {
          throw new FormatException("field " + field + " is missing");
        }
      }
    }
  }
}
