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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The JSON of a window summary, the value of the topic {@code results}: written and read as a
 * stream, fields in the contract's order. Equal summaries give equal bytes. Safe for use by several
 * threads. The message's JSON Schema is {@link #schema()}.
 */
public final class SummaryJson {
  /** Largest message read, bytes; ours have some ten thousand. */
  public static final int MAX_BYTES = 1 << 20;

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

  private static final int[] ACTIVE_EDGES = ChamberSummary.activeChannelEdges();
  private static final int[] DRIFT_EDGES = ChamberSummary.driftEdges();

  private SummaryJson() {}

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
    ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
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
      json.writeNumberField("tot_import", s.totImport());
      json.writeNumberField("malformed", s.malformed());
      json.writeNumberField("hits", s.hits());
      json.writeArrayFieldStart("hitsPerChamber");
      for (ChamberSummary chamber : s.chambers()) {
        json.writeNumber(chamber.hits());
      }
      json.writeEndArray();
      json.writeNumberField("scintillator_hits", s.scintillatorHits());
      json.writeNumberField("other_hits", s.otherHits());
      json.writeNumberField("orbits", s.orbits());
      json.writeNumberField("scintillator_orbits", s.scintillatorOrbits());
      for (int i = 0; i < Telescope.CHAMBERS; i++) {
        ChamberSummary chamber = s.chamber(i);
        histogram(json, "histo_ch" + i, chamber.occupancy(), false);
        histogram(json, "histo_orbit_ch" + i, chamber.activeChannels(), false);
        histogram(json, "histo_scint_ch" + i, chamber.scintillatorOccupancy(), false);
        histogram(json, "histo_drift_ch" + i, chamber.driftTime(), true);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
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
   * Reads a summary. Fields that are not of the contract are passed over; they nest at most {@value
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
    private static final int SCALARS = 8;
    private static final List<String> SCALAR_NAMES =
        List.of(
            "version",
            "revision",
            "tot_import",
            "malformed",
            "hits",
            "scintillator_hits",
            "other_hits",
            "orbits",
            "scintillator_orbits");
    private static final String[] HISTOGRAMS = {
      "histo_ch", "histo_orbit_ch", "histo_scint_ch", "histo_drift_ch"
    };

    private final JsonParser json;
    private final long[] scalars = new long[SCALARS + 1];
    private final boolean[] found = new boolean[SCALARS + 1];
    private long[] hitsPerChamber;
    private boolean incomplete;
    private boolean windowFound;
    private Optional<WindowSummary.Span> window = Optional.empty();
    private final Histogram[][] histograms = new Histogram[HISTOGRAMS.length][Telescope.CHAMBERS];

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
      int scalar = SCALAR_NAMES.indexOf(field);
      if (scalar >= 0) {
        scalars[scalar] = count(field);
        found[scalar] = true;
        if (scalar == 0 && scalars[0] != WindowSummary.VERSION) {
          throw new FormatException(
              "version " + scalars[0] + ", expected " + WindowSummary.VERSION);
        }
      } else if (field.equals("window")) {
        window = window();
        windowFound = true;
      } else if (field.equals("incomplete")) {
        incomplete = truth(field);
      } else if (field.equals("hitsPerChamber")) {
        hitsPerChamber = counts(field);
        if (hitsPerChamber.length != Telescope.CHAMBERS) {
          throw new FormatException(
              "hitsPerChamber has " + hitsPerChamber.length + " numbers, expected 4");
        }
      } else if (!histogramField(field)) {
        json.skipChildren();
      }
    }

    private boolean histogramField(String field) throws IOException {
      int chamber = field.isEmpty() ? -1 : field.charAt(field.length() - 1) - '0';
      if (chamber < 0 || chamber >= Telescope.CHAMBERS) {
        return false;
      }
      for (int kind = 0; kind < HISTOGRAMS.length; kind++) {
        if (field.length() == HISTOGRAMS[kind].length() + 1 && field.startsWith(HISTOGRAMS[kind])) {
          histograms[kind][chamber] = histogram(field, kind);
          return true;
        }
      }
      return false;
    }

    private Histogram histogram(String field, int kind) throws IOException {
      expect(json.currentToken(), JsonToken.START_OBJECT, field, " as an object");
      int[] edges = null;
      long[] counts = null;
      long underflow = -1;
      long overflow = -1;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "bin_edges" -> edges = edges(field, kind);
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
      int bins = kind == 3 ? ChamberSummary.DRIFT_BINS : Telescope.CELLS;
      if (counts.length != bins) {
        throw new FormatException(field + " has " + counts.length + " bins, expected " + bins);
      }
      if (kind == 3 && (underflow < 0 || overflow < 0)) {
        throw new FormatException(field + " lacks underflow or overflow");
      }
      return Histogram.of(edges, counts, Math.max(0, underflow), Math.max(0, overflow));
    }

    private int[] edges(String field, int kind) throws IOException {
      long[] values = new long[ChamberSummary.DRIFT_BINS + 1];
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
      int[] edges = new int[n];
      for (int i = 0; i < n; i++) {
        edges[i] = (int) values[i];
      }
      if (kind == 1 && !Arrays.equals(edges, ACTIVE_EDGES)) {
        throw new FormatException(field + " edges are not 1, 2, ..., 65");
      }
      if (kind == 3 && !Arrays.equals(edges, DRIFT_EDGES)) {
        throw new FormatException(field + " edges are not -150, -140, ..., 650");
      }
      return edges;
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
        if (name.equals("start") || name.equals("end")) {
          Instant instant = instant("window." + name);
          if (name.equals("start")) {
            start = instant;
          } else {
            end = instant;
          }
        } else {
          json.skipChildren();
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
      long[] values = new long[ChamberSummary.DRIFT_BINS];
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
      for (int i = 0; i < found.length; i++) {
        if (!found[i]) {
          throw new FormatException("field " + SCALAR_NAMES.get(i) + " is missing");
        }
      }
      if (!windowFound || hitsPerChamber == null) {
        throw new FormatException(
            "field " + (windowFound ? "hitsPerChamber" : "window") + " is missing");
      }
      if (scalars[1] > Integer.MAX_VALUE) {
        throw new FormatException(
            "revision is " + scalars[1] + ", expected at most " + Integer.MAX_VALUE);
      }
      List<ChamberSummary> chambers = new ArrayList<>(Telescope.CHAMBERS);
      for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
        for (int kind = 0; kind < HISTOGRAMS.length; kind++) {
          if (histograms[kind][chamber] == null) {
            throw new FormatException("field " + HISTOGRAMS[kind] + chamber + " is missing");
          }
        }
        chambers.add(
            new ChamberSummary(
                hitsPerChamber[chamber],
                histograms[0][chamber],
                histograms[1][chamber],
                histograms[2][chamber],
                histograms[3][chamber]));
      }
      return new WindowSummary(
          window,
          (int) scalars[1],
          incomplete,
          scalars[2],
          scalars[3],
          scalars[4],
          scalars[5],
          scalars[6],
          scalars[7],
          scalars[8],
          chambers);
    }
  }
}
