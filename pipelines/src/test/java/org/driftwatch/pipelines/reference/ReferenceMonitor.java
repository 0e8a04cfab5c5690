package org.driftwatch.pipelines.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.reference.Parsed;
import org.driftwatch.detector.reference.Parsed.Hit;
import org.driftwatch.detector.reference.Parsed.Place;
import org.driftwatch.detector.reference.ReferenceDetector;
import org.driftwatch.detector.reference.ReferenceParser;

/**
 * The monitor once more, by brute force: every quantity of the {@code results} contract straight
 * from its definition, with plain maps and sets, and exact decimals for the drift time's bins; muon
 * segments straight from docs/tracks.md ({@link ReferenceTracks}). It shares no code with the
 * pipeline, and reads the text of the detector's description by itself. Slow, and holds all
 * records.
 *
 * <p>Hits are of one orbit where run, turn of the orbit counter and orbit are the same. A counter
 * that lasts a day or longer is taken as it is: there is one turn. Of a shorter one:
 *
 * <ul>
 *   <li>In a window of the stream, hits of equal orbit number are of the same turn as long as their
 *       records' timestamps, sorted, are less than half a turn apart from one to the next. Time
 *       counts in steps of an eighth of a turn from the window's start, and steps that differ by 4
 *       or less are less than half a turn apart.
 *   <li>In a file of a batch the turns are counted along the file: each hit's orbit, counted on
 *       over the turns, is the one nearest to that of the hit before; of two that are as near, the
 *       earlier. Files are apart.
 * </ul>
 *
 * <pre>{@code
 * SortedMap<String, JsonNode> expected =
 *     ReferenceMonitor.summaries(records, Duration.ofSeconds(5), description);
 * assertThat(ReferenceMonitor.differences(expected.get(key), message), is(empty()));
 * }</pre>
 */
public final class ReferenceMonitor {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final BigDecimal NS_PER_MS = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal DAY_NS = NS_PER_MS.multiply(BigDecimal.valueOf(86_400_000));
  private static final BigDecimal STEPS_PER_TURN = BigDecimal.valueOf(8);
  private static final int STEPS_OF_HALF_A_TURN = 4;

  private ReferenceMonitor() {}

  /**
   * The summary of every window that has any record, by the window's key; {@code revision} is left
   * out, since it tells how the records came and not what they were.
   *
   * @param description the text of the detector's description
   */
  public static SortedMap<String, JsonNode> summaries(
      List<StreamRecord> records, Duration window, String description) {
    SortedMap<Long, List<StreamRecord>> windows = new TreeMap<>();
    for (StreamRecord record : records) {
      long start = Math.floorDiv(record.timestamp(), window.toMillis()) * window.toMillis();
      windows.computeIfAbsent(start, s -> new ArrayList<>()).add(record);
    }
    SortedMap<String, JsonNode> summaries = new TreeMap<>();
    windows.forEach(
        (start, inWindow) -> {
          Counts counts = new Counts(ReferenceDetector.of(description));
          inWindow.forEach(
              record -> counts.add(record.value(), record.format(), record.timestamp()));
          if (counts.records + counts.malformed > 0) {
            ObjectNode span = MAPPER.createObjectNode();
            span.put("start", iso(start)).put("end", iso(start + window.toMillis()));
            counts.tellTurnsByTime(start);
            summaries.put(iso(start), counts.summary(span));
          }
        });
    return summaries;
  }

  /**
   * The summary of some files, as of a static batch. A file of blocks is cut where the description
   * says so.
   *
   * @param description the text of the detector's description
   */
  public static JsonNode batch(List<StreamRecord> files, String description) {
    Counts counts = new Counts(ReferenceDetector.of(description));
    for (int file = 0; file < files.size(); file++) {
      int first = counts.hits.size();
      for (byte[] value : blocks(files.get(file), counts.detector.blockBytes())) {
        counts.add(value, files.get(file).format(), 0);
      }
      counts.countTurns(first, file);
    }
    return counts.summary(MAPPER.nullNode());
  }

  private static List<byte[]> blocks(StreamRecord file, int length) {
    byte[] bytes = Objects.requireNonNull(file.value());
    if (file.format() != ValueFormat.BLOCK || length == 0) {
      return List.of(bytes);
    }
    List<byte[]> blocks = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += length) {
      blocks.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + length)));
    }
    return blocks;
  }

  /** Where a message differs from what was expected, field by field but for the revision. */
  public static List<String> differences(JsonNode expected, byte[] message) {
    JsonNode found;
    try {
      found = MAPPER.readTree(message);
    } catch (IOException e) {
      return List.of("no JSON: " + e.getMessage());
    }
    SortedMap<String, JsonNode> wanted = leaves(expected);
    SortedMap<String, JsonNode> there = leaves(found);
    Set<String> paths = new TreeSet<>(wanted.keySet());
    paths.addAll(there.keySet());
    paths.remove("/revision");
    return paths.stream()
        .filter(path -> !Objects.equals(wanted.get(path), there.get(path)))
        .map(path -> path + ": expected " + wanted.get(path) + ", found " + there.get(path))
        .toList();
  }

  /** Every number, text and null of a tree by its JSON pointer. */
  private static SortedMap<String, JsonNode> leaves(JsonNode tree) {
    SortedMap<String, JsonNode> leaves = new TreeMap<>();
    leaves("", tree, leaves);
    return leaves;
  }

  private static void leaves(String path, JsonNode node, SortedMap<String, JsonNode> leaves) {
    if (node.isValueNode() || node.isEmpty()) {
      leaves.put(path, node);
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        leaves(path + "/" + i, node.get(i), leaves);
      }
    } else {
      node.fields().forEachRemaining(e -> leaves(path + "/" + e.getKey(), e.getValue(), leaves));
    }
  }

  /** A window's key, from its start. */
  public static String iso(long millis) {
    return String.format("%1$tFT%1$tT.%1$tLZ", Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC));
  }

  /**
   * What tells orbits apart.
   *
   * @param run number of the run, if it is said
   * @param file number of the file in a batch, where turns are counted
   * @param turn number of the turn of the counter
   * @param orbit the orbit
   */
  private record Orbit(Optional<Long> run, int file, BigInteger turn, BigInteger orbit) {}

  /** A hit, and what a record says of its time. */
  private static final class Timed {
    private final Hit hit;
    private final long timestamp;
    private Orbit orbit;

    Timed(Hit hit, long timestamp) {
      this.hit = hit;
      this.timestamp = timestamp;
      orbit = new Orbit(hit.run(), 0, BigInteger.ZERO, hit.orbit());
    }
  }

  /** Which cell a hit is of. */
  private record CellOfChamber(int chamber, int cell) {}

  /** What was counted of some records. */
  private static final class Counts {
    private final ReferenceDetector detector;
    private final ReferenceParser parser;
    private final List<Timed> hits = new ArrayList<>();
    private final SortedSet<Long> runs = new TreeSet<>();
    private long records;
    private long malformed;

    Counts(ReferenceDetector detector) {
      this.detector = detector;
      parser = new ReferenceParser(detector);
    }

    void add(byte @Nullable [] value, ValueFormat format, long timestamp) {
      Parsed parsed = parser.parse(value, format);
      parsed.hits().forEach(hit -> hits.add(new Timed(hit, timestamp)));
      runs.addAll(parsed.runs());
      records += parsed.hits().size() + parsed.triggerWords().size();
      malformed += parsed.malformed().size();
    }

    private boolean hasOneTurn() {
      return detector.turnNs().compareTo(DAY_NS) >= 0;
    }

    /** Tells the turns in a window apart. */
    void tellTurnsByTime(long start) {
      if (hasOneTurn()) {
        return;
      }
      BigDecimal stepNs = detector.turnNs().divide(STEPS_PER_TURN);
      Map<Orbit, List<Timed>> ofOneNumber = new HashMap<>();
      for (Timed hit : hits) {
        ofOneNumber.computeIfAbsent(hit.orbit, orbit -> new ArrayList<>()).add(hit);
      }
      ofOneNumber.forEach(
          (orbit, same) -> {
            same.sort(Comparator.comparingLong(hit -> hit.timestamp));
            BigInteger turn = BigInteger.ZERO;
            BigInteger before = null;
            for (Timed hit : same) {
              BigInteger step =
                  BigDecimal.valueOf(hit.timestamp - start)
                      .multiply(NS_PER_MS)
                      .divide(stepNs, 0, RoundingMode.FLOOR)
                      .toBigIntegerExact();
              if (before != null
                  && step.subtract(before).compareTo(BigInteger.valueOf(STEPS_OF_HALF_A_TURN))
                      > 0) {
                turn = turn.add(BigInteger.ONE);
              }
              before = step;
              hit.orbit = new Orbit(orbit.run, 0, turn, orbit.orbit);
            }
          });
    }

    /** Counts the turns along a file, whose hits are those from {@code first} on. */
    void countTurns(int first, int file) {
      if (hasOneTurn()) {
        return;
      }
      BigInteger turn = BigInteger.TWO.pow(detector.orbitBits());
      BigInteger before = null;
      for (Timed hit : hits.subList(first, hits.size())) {
        BigInteger orbit = hit.hit.orbit();
        if (before != null) {
          BigInteger ahead = orbit.subtract(before).mod(turn);
          boolean isBehind = ahead.shiftLeft(1).compareTo(turn) >= 0;
          orbit = before.add(isBehind ? ahead.subtract(turn) : ahead);
        }
        before = orbit;
        BigInteger[] parts = orbit.subtract(orbit.mod(turn)).divideAndRemainder(turn);
        hit.orbit = new Orbit(hit.hit.run(), file, parts[0], hit.hit.orbit());
      }
    }

    JsonNode summary(JsonNode span) {
      List<Place> scintillators = detector.scintillators();
      Set<Orbit> orbits = new HashSet<>();
      Map<Orbit, BigDecimal> opened = new HashMap<>();
      long scintillatorHits = 0;
      for (Timed hit : hits) {
        orbits.add(hit.orbit);
        if (scintillators.contains(hit.hit.place())) {
          scintillatorHits++;
          opened.merge(hit.orbit, time(hit.hit), BigDecimal::min);
        }
      }

      ObjectNode summary = MAPPER.createObjectNode();
      summary.put("version", 1);
      summary.set("window", span);
      if (!runs.isEmpty()) {
        ArrayNode numbers = summary.putArray("run");
        runs.forEach(numbers::add);
      }
      summary.put("tot_import", records);
      summary.put("malformed", malformed);
      summary.put("hits", hits.size());
      ArrayNode perChamber = summary.putArray("hitsPerChamber");
      long inChambers = 0;
      List<ReferenceDetector.Chamber> chambers = detector.chambers();
      ReferenceTracks tracks = tracks(chambers);
      for (int chamber = 0; chamber < chambers.size(); chamber++) {
        long own = chamber(summary, chamber, chambers.get(chamber), opened);
        tracks.write(chamber, summary);
        perChamber.add(own);
        inChambers += own;
      }
      summary.put("scintillator_hits", scintillatorHits);
      summary.put("other_hits", hits.size() - inChambers - scintillatorHits);
      summary.put("orbits", orbits.size());
      summary.put("scintillator_orbits", opened.size());
      return readBack(summary);
    }

    /** The segments of all orbits. */
    private ReferenceTracks tracks(List<ReferenceDetector.Chamber> chambers) {
      Map<Place, CellOfChamber> cells = new HashMap<>();
      for (int chamber = 0; chamber < chambers.size(); chamber++) {
        List<Place> places = chambers.get(chamber).cells();
        for (int cell = 0; cell < places.size(); cell++) {
          cells.put(places.get(cell), new CellOfChamber(chamber, cell));
        }
      }
      List<Place> scintillators = detector.scintillators();
      Map<Orbit, Map<Integer, List<ReferenceTracks.CellHit>>> ofOrbits = new HashMap<>();
      Map<Orbit, Long> opened = new HashMap<>();
      for (Timed hit : hits) {
        long ticks = (long) hit.hit.crossing() * detector.ticksPerCrossing() + hit.hit.tick();
        CellOfChamber at = cells.get(hit.hit.place());
        if (at != null) {
          ofOrbits
              .computeIfAbsent(hit.orbit, orbit -> new HashMap<>())
              .computeIfAbsent(at.chamber, chamber -> new ArrayList<>())
              .add(new ReferenceTracks.CellHit(at.cell, ticks));
        } else if (scintillators.contains(hit.hit.place())) {
          opened.merge(hit.orbit, ticks, Math::min);
        }
      }
      ReferenceTracks tracks = new ReferenceTracks(detector);
      ofOrbits.forEach(
          (orbit, ofOrbit) -> tracks.add(ofOrbit, Optional.ofNullable(opened.get(orbit))));
      return tracks;
    }

    /** Writes the histograms of a chamber; the number of its hits. */
    private long chamber(
        ObjectNode summary,
        int number,
        ReferenceDetector.Chamber chamber,
        Map<Orbit, BigDecimal> opened) {
      int size = chamber.cells().size();
      Map<Place, Integer> cells = new HashMap<>();
      chamber.cells().forEach(place -> cells.put(place, cells.size()));
      BigDecimal ticks = BigDecimal.valueOf(detector.ticksPerCrossing());
      List<BigDecimal> channels = new ArrayList<>();
      List<BigDecimal> gated = new ArrayList<>();
      List<BigDecimal> drift = new ArrayList<>();
      Map<Orbit, Set<Integer>> active = new HashMap<>();
      for (Timed hit : hits) {
        Integer cell = cells.get(hit.hit.place());
        if (cell != null) {
          BigDecimal channel = BigDecimal.valueOf(chamber.firstBin() + (long) cell);
          channels.add(channel);
          active.computeIfAbsent(hit.orbit, orbit -> new HashSet<>()).add(cell);
          BigDecimal zero = opened.get(hit.orbit);
          if (zero != null) {
            gated.add(channel);
            drift.add(time(hit.hit).subtract(zero).add(chamber.driftOffsetNs().multiply(ticks)));
          }
        }
      }
      List<BigDecimal> distinct =
          active.values().stream().map(Set::size).map(BigDecimal::valueOf).toList();
      BigInteger[] edges = edges(chamber.firstBin(), 1, size);
      BigDecimal one = BigDecimal.ONE;
      histogram(summary.putObject("histo_ch" + number), edges, one, channels, false);
      histogram(
          summary.putObject("histo_orbit_ch" + number), edges(1, 1, size), one, distinct, false);
      histogram(summary.putObject("histo_scint_ch" + number), edges, one, gated, false);
      histogram(
          summary.putObject("histo_drift_ch" + number), edges(-150, 10, 80), ticks, drift, true);
      return channels.size();
    }

    /**
     * The time of a hit in its orbit, {@code crossingNs (crossing + tick / ticksPerCrossing)} ns,
     * in units of one {@code ticksPerCrossing}th of a ns to stay exact.
     */
    private BigDecimal time(Hit hit) {
      return BigDecimal.valueOf(hit.crossing())
          .multiply(BigDecimal.valueOf(detector.ticksPerCrossing()))
          .add(BigDecimal.valueOf(hit.tick()))
          .multiply(detector.crossingNs());
    }

    /** Counts values, given in {@code unit}ths, between edges: edge[i] <= x < edge[i+1]. */
    private static void histogram(
        ObjectNode histogram,
        BigInteger[] edges,
        BigDecimal unit,
        List<BigDecimal> values,
        boolean flows) {
      long[] counts = new long[edges.length - 1];
      long underflow = 0;
      long overflow = 0;
      for (BigDecimal value : values) {
        int reached = 0;
        for (BigInteger edge : edges) {
          reached += value.compareTo(new BigDecimal(edge).multiply(unit)) >= 0 ? 1 : 0;
        }
        if (reached == 0) {
          underflow++;
        } else if (reached == edges.length) {
          overflow++;
        } else {
          counts[reached - 1]++;
        }
      }
      ArrayNode edgesNode = histogram.putArray("bin_edges");
      for (BigInteger edge : edges) {
        edgesNode.add(edge);
      }
      ArrayNode countsNode = histogram.putArray("bin_counts");
      for (long count : counts) {
        countsNode.add(count);
      }
      if (flows) {
        histogram.put("underflow", underflow).put("overflow", overflow);
      } else if (underflow + overflow > 0) {
        throw new IllegalStateException(underflow + overflow + " values beyond the edges");
      }
    }

    private static BigInteger[] edges(int first, int width, int bins) {
      BigInteger[] edges = new BigInteger[bins + 1];
      edges[0] = BigInteger.valueOf(first);
      for (int i = 1; i <= bins; i++) {
        edges[i] = edges[i - 1].add(BigInteger.valueOf(width));
      }
      return edges;
    }

    /** The same tree as read from text, so that equal numbers are equal nodes. */
    private static JsonNode readBack(ObjectNode summary) {
      try {
        return MAPPER.readTree(MAPPER.writeValueAsBytes(summary));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
