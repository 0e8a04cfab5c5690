package org.driftwatch.pipelines.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.reference.Parsed;
import org.driftwatch.detector.reference.Parsed.Hit;
import org.driftwatch.detector.reference.ReferenceParser;

/**
 * The monitor once more, by brute force: every quantity of the {@code results} contract straight
 * from its definition, with plain maps and sets, and exact decimals for the drift time's bins. It
 * shares no code with the pipeline, only the numbers of the run's configuration. Slow, and holds
 * all records.
 *
 * <pre>{@code
 * SortedMap<String, JsonNode> expected =
 *     ReferenceMonitor.summaries(records, Duration.ofSeconds(5), RunConfiguration.course());
 * assertThat(ReferenceMonitor.differences(expected.get(key), message), is(empty()));
 * }</pre>
 */
public final class ReferenceMonitor {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final BigDecimal ORBIT_CROSSINGS = BigDecimal.valueOf(3564);
  private static final BigDecimal CROSSING_NS = BigDecimal.valueOf(25);
  private static final BigDecimal TICKS = BigDecimal.valueOf(30);

  private ReferenceMonitor() {}

  /**
   * The summary of every window that has any record, by the window's key; {@code revision} is left
   * out, since it tells how the records came and not what they were.
   */
  public static SortedMap<String, JsonNode> summaries(
      List<StreamRecord> records, Duration window, RunConfiguration run) {
    SortedMap<Long, List<StreamRecord>> windows = new TreeMap<>();
    for (StreamRecord record : records) {
      long start = Math.floorDiv(record.timestamp(), window.toMillis()) * window.toMillis();
      windows.computeIfAbsent(start, s -> new ArrayList<>()).add(record);
    }
    SortedMap<String, JsonNode> summaries = new TreeMap<>();
    windows.forEach(
        (start, inWindow) -> {
          Counts counts = new Counts(inWindow);
          if (counts.records + counts.malformed > 0) {
            ObjectNode span = MAPPER.createObjectNode();
            span.put("start", iso(start)).put("end", iso(start + window.toMillis()));
            summaries.put(iso(start), counts.summary(span, run));
          }
        });
    return summaries;
  }

  /** The summary of all records together, as of a static batch. */
  public static JsonNode batch(List<StreamRecord> records, RunConfiguration run) {
    return new Counts(records).summary(MAPPER.nullNode(), run);
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

  /** What was counted of some records. */
  private static final class Counts {
    private final List<Hit> hits = new ArrayList<>();
    private long records;
    private long malformed;

    Counts(List<StreamRecord> values) {
      for (StreamRecord value : values) {
        Parsed parsed = ReferenceParser.parse(value.value(), value.words());
        hits.addAll(parsed.hits());
        records += parsed.hits().size() + parsed.triggerWords().size();
        malformed += parsed.malformed().size();
      }
    }

    JsonNode summary(JsonNode span, RunConfiguration run) {
      Map<Long, List<Hit>> orbits = hits.stream().collect(Collectors.groupingBy(Hit::orbit));
      Map<Long, BigDecimal> scintillator = new HashMap<>();
      long scintillatorHits = 0;
      for (Hit hit : hits) {
        if (isScintillator(hit, run)) {
          scintillatorHits++;
          scintillator.merge(hit.orbit(), nanoseconds(hit), BigDecimal::min);
        }
      }

      ObjectNode summary = MAPPER.createObjectNode();
      summary.put("version", 1);
      summary.set("window", span);
      summary.put("tot_import", records);
      summary.put("malformed", malformed);
      summary.put("hits", hits.size());
      ArrayNode perChamber = summary.putArray("hitsPerChamber");
      long inChambers = 0;
      for (int chamber = 0; chamber < 4; chamber++) {
        List<Hit> own = ofChamber(hits, run.chambers().get(chamber));
        perChamber.add(own.size());
        inChambers += own.size();
        chamber(summary, chamber, own, orbits, scintillator, run.chambers().get(chamber));
      }
      summary.put("scintillator_hits", scintillatorHits);
      summary.put("other_hits", hits.size() - inChambers - scintillatorHits);
      summary.put("orbits", orbits.size());
      summary.put("scintillator_orbits", scintillator.size());
      return readBack(summary);
    }

    private static void chamber(
        ObjectNode summary,
        int chamber,
        List<Hit> hits,
        Map<Long, List<Hit>> orbits,
        Map<Long, BigDecimal> scintillator,
        RunConfiguration.Chamber configuration) {
      BigInteger[] edges = edges(configuration.firstChannel(), 1, 64);
      List<BigDecimal> channels = new ArrayList<>();
      List<BigDecimal> gated = new ArrayList<>();
      List<BigDecimal> drift = new ArrayList<>();
      for (Hit hit : hits) {
        channels.add(BigDecimal.valueOf(hit.channel()));
        BigDecimal opened = scintillator.get(hit.orbit());
        if (opened != null) {
          gated.add(BigDecimal.valueOf(hit.channel()));
          // In 1/30 ns, to stay exact.
          drift.add(
              nanoseconds(hit).subtract(opened).add(configuration.driftOffsetNs().multiply(TICKS)));
        }
      }
      List<BigDecimal> active = new ArrayList<>();
      for (List<Hit> orbit : orbits.values()) {
        Set<Integer> distinct =
            ofChamber(orbit, configuration).stream().map(Hit::channel).collect(Collectors.toSet());
        active.add(BigDecimal.valueOf(distinct.size()));
      }
      active.removeIf(n -> n.signum() == 0);

      histogram(summary.putObject("histo_ch" + chamber), edges, BigDecimal.ONE, channels, false);
      histogram(
          summary.putObject("histo_orbit_ch" + chamber),
          edges(1, 1, 64),
          BigDecimal.ONE,
          active,
          false);
      histogram(summary.putObject("histo_scint_ch" + chamber), edges, BigDecimal.ONE, gated, false);
      histogram(
          summary.putObject("histo_drift_ch" + chamber), edges(-150, 10, 80), TICKS, drift, true);
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

    private static List<Hit> ofChamber(List<Hit> hits, RunConfiguration.Chamber chamber) {
      return hits.stream()
          .filter(hit -> hit.fpga() == chamber.fpga())
          .filter(
              hit ->
                  hit.channel() >= chamber.firstChannel()
                      && hit.channel() < chamber.firstChannel() + 64)
          .toList();
    }

    private static boolean isScintillator(Hit hit, RunConfiguration run) {
      return hit.fpga() == run.scintillator().fpga()
          && hit.channel() == run.scintillator().channel();
    }

    /** t = 25 (orbit * 3564 + bx + tdc/30) ns, in 1/30 ns to stay exact. */
    private static BigDecimal nanoseconds(Hit hit) {
      return BigDecimal.valueOf(hit.orbit())
          .multiply(ORBIT_CROSSINGS)
          .add(BigDecimal.valueOf(hit.bx()))
          .multiply(TICKS)
          .add(BigDecimal.valueOf(hit.tdc()))
          .multiply(CROSSING_NS);
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
