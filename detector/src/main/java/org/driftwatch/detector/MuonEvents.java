package org.driftwatch.detector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Some orbits of a window in which muons left segments, with all their hits, for a display: the
 * value of the topic {@code events}. Immutable. The message's JSON Schema is {@link #schema()}.
 *
 * @param window the window
 * @param revision how often it was refined
 * @param events the orbits, those with segments in several chambers first
 */
public record MuonEvents(WindowSummary.Span window, int revision, List<Event> events) {
  private static final int VERSION = 1;
  private static final int MAX_BYTES = 1 << 20;

  /** Copies the list. */
  public MuonEvents {
    events = List.copyOf(events);
  }

  /**
   * An orbit.
   *
   * @param orbit its number
   * @param scintillatorNs time of its earliest scintillator hit, ns from the orbit's beginning
   * @param hits its hits in chambers
   * @param segments its segments
   */
  public record Event(
      long orbit, OptionalDouble scintillatorNs, List<Hit> hits, List<Segment> segments) {
    /** Copies the lists. */
    public Event {
      hits = List.copyOf(hits);
      segments = List.copyOf(segments);
    }
  }

  /**
   * A hit.
   *
   * @param chamber number of its chamber, from 0
   * @param layer layer of its cell, 1 at the bottom
   * @param wire wire of its cell within the layer, from 1
   * @param timeNs time, ns from the orbit's beginning
   */
  public record Hit(int chamber, int layer, int wire, double timeNs) {}

  /**
   * A muon segment.
   *
   * @param chamber number of its chamber, from 0
   * @param xMm where it crosses the chamber's middle height, mm across the wires from the middle
   * @param tangent of its angle from the vertical
   * @param t0Ns when the muon passed, ns from the orbit's beginning by the chamber's own clock
   * @param usesScintillator true where that is the scintillator's, false where it was fitted
   * @param isAmbiguous true where the muon may as well have passed on other sides of the wires
   * @param hits which of the orbit's hits lie on it, from 0
   * @param sides of each, 1 where the muon passed its wire on the side of larger x, else -1
   */
  public record Segment(
      int chamber,
      double xMm,
      double tangent,
      double t0Ns,
      boolean usesScintillator,
      boolean isAmbiguous,
      List<Integer> hits,
      List<Integer> sides) {
    /** Copies the lists. */
    public Segment {
      hits = List.copyOf(hits);
      sides = List.copyOf(sides);
    }
  }

  /** The message as UTF-8 JSON. */
  public byte[] write() {
    ObjectNode json = JsonMessage.ofVersion(VERSION);
    json.putObject("window")
        .put("start", SummaryJson.key(window.start()))
        .put("end", SummaryJson.key(window.end()));
    json.put("revision", revision);
    ArrayNode list = json.putArray("events");
    events.forEach(event -> write(event, list.addObject()));
    return JsonMessage.write(json);
  }

  private static void write(Event event, ObjectNode to) {
    to.put("orbit", event.orbit());
    if (event.scintillatorNs().isPresent()) {
      to.put("scintillator_ns", event.scintillatorNs().getAsDouble());
    } else {
      to.putNull("scintillator_ns");
    }
    ArrayNode hits = to.putArray("hits");
    for (Hit hit : event.hits()) {
      hits.addObject()
          .put("chamber", hit.chamber())
          .put("layer", hit.layer())
          .put("wire", hit.wire())
          .put("time_ns", hit.timeNs());
    }
    ArrayNode segments = to.putArray("segments");
    for (Segment segment : event.segments()) {
      ObjectNode json =
          segments
              .addObject()
              .put("chamber", segment.chamber())
              .put("x_mm", segment.xMm())
              .put("tangent", segment.tangent())
              .put("t0_ns", segment.t0Ns())
              .put("t0_from", segment.usesScintillator() ? "scintillator" : "segment")
              .put("ambiguous", segment.isAmbiguous());
      ArrayNode on = json.putArray("hits");
      segment.hits().forEach(on::add);
      ArrayNode sides = json.putArray("sides");
      segment.sides().forEach(sides::add);
    }
  }

  /**
   * Reads a message; fields that it does not know are passed over.
   *
   * @throws IOException where it is none, with one line that says why
   */
  public static MuonEvents read(byte[] message) throws IOException {
    JsonNode json = JsonMessage.read(message, MAX_BYTES);
    if (json.path("version").asInt() != VERSION || !json.path("events").isArray()) {
      throw new IOException("no events of version " + VERSION);
    }
    JsonNode span = json.path("window");
    Instant start = JsonMessage.time(span, "start");
    Instant end = JsonMessage.time(span, "end");
    if (!start.isBefore(end)) {
      throw new IOException("the window ends at " + end + ", expected a time after " + start);
    }
    List<Event> events = new ArrayList<>();
    for (JsonNode event : json.path("events")) {
      events.add(event(event));
    }
    return new MuonEvents(
        new WindowSummary.Span(start, end), (int) whole(json, "revision", 0), events);
  }

  private static Event event(JsonNode json) throws IOException {
    List<Hit> hits = new ArrayList<>();
    for (JsonNode hit : json.path("hits")) {
      hits.add(
          new Hit(
              chamber(hit),
              (int) whole(hit, "layer", 1),
              (int) whole(hit, "wire", 1),
              number(hit, "time_ns")));
    }
    List<Segment> segments = new ArrayList<>();
    for (JsonNode segment : json.path("segments")) {
      segments.add(segment(segment, hits.size()));
    }
    JsonNode scintillator = json.path("scintillator_ns");
    return new Event(
        whole(json, "orbit", Long.MIN_VALUE),
        scintillator.isNumber()
            ? OptionalDouble.of(scintillator.doubleValue())
            : OptionalDouble.empty(),
        hits,
        segments);
  }

  private static Segment segment(JsonNode json, int orbitHits) throws IOException {
    List<Integer> hits = new ArrayList<>();
    List<Integer> sides = new ArrayList<>();
    for (JsonNode hit : json.path("hits")) {
      if (!hit.isInt() || hit.intValue() < 0 || hit.intValue() >= orbitHits) {
        throw new IOException("a segment's hit is " + hit + ", expected 0 to " + (orbitHits - 1));
      }
      hits.add(hit.intValue());
    }
    for (JsonNode side : json.path("sides")) {
      if (Math.abs(side.asInt()) != 1) {
        throw new IOException(
            "a segment's side is " + OneLine.of(side.toString()) + ", not 1 or -1");
      }
      sides.add(side.intValue());
    }
    if (hits.size() != sides.size()) {
      throw new IOException("a segment of " + hits.size() + " hits has " + sides.size() + " sides");
    }
    return new Segment(
        chamber(json),
        number(json, "x_mm"),
        number(json, "tangent"),
        number(json, "t0_ns"),
        "scintillator".equals(json.path("t0_from").asText()),
        json.path("ambiguous").asBoolean(),
        hits,
        sides);
  }

  private static int chamber(JsonNode json) throws IOException {
    long chamber = whole(json, "chamber", 0);
    if (chamber >= DetectorDescription.MAX_CHAMBERS) {
      throw new IOException(
          "chamber is " + chamber + ", expected 0 to " + (DetectorDescription.MAX_CHAMBERS - 1));
    }
    return (int) chamber;
  }

  private static long whole(JsonNode json, String name, long least) throws IOException {
    JsonNode field = json.path(name);
    boolean fits = least == Long.MIN_VALUE ? field.canConvertToLong() : field.canConvertToInt();
    if (!field.isIntegralNumber() || !fits || field.longValue() < least) {
      throw JsonMessage.refusal(
          name, field, "a whole number" + (least == Long.MIN_VALUE ? "" : " from " + least));
    }
    return field.longValue();
  }

  private static double number(JsonNode json, String name) throws IOException {
    JsonNode field = json.path(name);
    if (!field.isNumber() || !Double.isFinite(field.doubleValue())) {
      throw JsonMessage.refusal(name, field, "a number");
    }
    return field.doubleValue();
  }

  /** The JSON Schema of the message. */
  public static String schema() {
    return JsonMessage.schema(MuonEvents.class, "events.schema.json");
  }
}
