package org.driftwatch.pipelines.reference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.driftwatch.detector.reference.ReferenceDetector;
import org.driftwatch.detector.reference.ReferenceDetector.Wire;
import org.driftwatch.pipelines.reference.ReferenceLines.Hit;
import org.driftwatch.pipelines.reference.ReferenceLines.Line;
import org.driftwatch.pipelines.reference.ReferenceLines.Scored;
import org.driftwatch.pipelines.reference.ReferenceTelescope.Crossing;
import org.driftwatch.pipelines.reference.ReferenceTelescope.Muon;

/**
 * Muon segments once more, straight from docs/tracks.md: every set of hits, every side, one orbit
 * after the other.
 */
final class ReferenceTracks {
  private static final int LEAST_LAYERS = 3;
  private static final int MOST_LAYERS = 8;

  /** Ten ticks. */
  private static final long LEAST_DRIFT = 160;

  private static final BigDecimal LEAST_STAGGER = new BigDecimal("0.2");
  private static final int LEAST_HITS = 3;
  private static final int MOST_HITS = 24;
  private static final int MOST_LINES = 4096;
  private static final int MOST_SEGMENTS = 16;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal UM_PER_MM = BigDecimal.valueOf(1000);
  private static final double MRAD_PER_RAD = 1000;
  private static final Integer[] TRACK_UM = edges(-6000, 200, 60);
  private static final Integer[] TRACK_THOUSANDTHS = edges(-120, 4, 60);

  /** How many units of time are a ns, as a fraction. */
  private final BigDecimal units;

  private final BigDecimal ofNs;
  private final Map<Integer, Chamber> chambers = new LinkedHashMap<>();
  private final List<ReferenceTelescope> telescopes;

  /** Counts nothing yet. */
  ReferenceTracks(ReferenceDetector detector) {
    units = BigDecimal.valueOf(16L * detector.ticksPerCrossing());
    ofNs = detector.crossingNs();
    List<ReferenceDetector.Chamber> all = detector.chambers();
    for (int number = 0; number < all.size(); number++) {
      if (hasSegments(all.get(number))) {
        Chamber chamber = new Chamber(detector, all.get(number));
        if (chamber.halfCell >= LEAST_DRIFT) {
          chambers.put(number, chamber);
        }
      }
    }
    telescopes =
        chambers.values().stream()
            .findFirst()
            .map(
                any ->
                    ReferenceTelescope.of(
                        detector, chambers::containsKey, any.halfCell, any.steepest))
            .orElse(List.of());
  }

  private static boolean hasSegments(ReferenceDetector.Chamber chamber) {
    for (int layer = 1; layer < chamber.layers(); layer++) {
      BigDecimal shift =
          chamber.layerShifts().get(layer).subtract(chamber.layerShifts().get(layer - 1));
      BigDecimal beyond = shift.subtract(shift.setScale(0, RoundingMode.FLOOR));
      if (beyond.min(BigDecimal.ONE.subtract(beyond)).compareTo(LEAST_STAGGER) < 0) {
        return false;
      }
    }
    return chamber.layers() >= LEAST_LAYERS && chamber.layers() <= MOST_LAYERS;
  }

  /**
   * A hit of an orbit.
   *
   * @param cell its cell
   * @param ticks its time in the orbit
   */
  record CellHit(int cell, long ticks) {}

  /**
   * Counts an orbit.
   *
   * @param hits its hits, by chamber
   * @param scintillator ticks of the earliest scintillator hit
   */
  void add(Map<Integer, List<CellHit>> hits, Optional<Long> scintillator) {
    Map<Integer, Long> firstTimes = new HashMap<>();
    Map<Integer, List<Muon>> muons = new HashMap<>();
    chambers.forEach(
        (number, chamber) -> {
          Optional<Long> known = scintillator.map(ticks -> 16 * ticks - chamber.offset);
          List<Muon> ofChamber = new ArrayList<>();
          muons.put(number, ofChamber);
          for (Segment segment : chamber.find(hits.getOrDefault(number, List.of()), known)) {
            chamber.count(segment);
            ofChamber.add(
                new Muon(
                    segment.line.at(0),
                    segment.line.slope(),
                    segment.line.time() + chamber.offset,
                    !segment.isAmbiguous));
            if (segment.isAmbiguous || segment.free.isEmpty()) {
              continue;
            }
            long time = segment.free.get().time();
            known.ifPresent(t0 -> chamber.addPassage(time - t0));
            firstTimes.putIfAbsent(number, time + chamber.offset);
          }
        });
    if (scintillator.isEmpty()) {
      firstTimes.forEach((number, time) -> addDifference(number, time, firstTimes));
    }
    for (ReferenceTelescope telescope : telescopes) {
      chambers.forEach(
          (number, chamber) ->
              telescope
                  .crossing(number, muons)
                  .ifPresent(crossing -> chamber.compare(telescope, crossing, muons.get(number))));
    }
  }

  private void addDifference(int number, long time, Map<Integer, Long> firstTimes) {
    List<Long> differences =
        firstTimes.entrySet().stream()
            .filter(other -> other.getKey() != number)
            .map(other -> time - other.getValue())
            .filter(this::isNear)
            .toList();
    if (!differences.isEmpty()) {
      long sum = differences.stream().mapToLong(difference -> difference).sum();
      chambers.get(number).addPassage(Math.floorDiv(sum, differences.size()));
    }
  }

  private boolean isNear(long difference) {
    return isBetween(passageEdges(), difference);
  }

  private static boolean isBetween(long[] edges, long value) {
    return edges[0] <= value && value < edges[edges.length - 1];
  }

  private long[] passageEdges() {
    return inUnits(edges(-60, 2, 60), units, ofNs);
  }

  /** Writes what was counted in a chamber, if it has segments. */
  void write(int number, ObjectNode summary) {
    if (chambers.containsKey(number)) {
      chambers.get(number).write(summary.putObject("tracks_ch" + number));
    }
  }

  /**
   * A segment.
   *
   * @param line its line as it was found
   * @param known the scintillator's time of passage, if the line was found with it
   * @param free the same hits and sides with a fitted time of passage, if that can be told
   * @param cluster all hits of its cluster
   */
  private record Segment(
      Line line,
      Optional<Long> known,
      Optional<Line> free,
      boolean isAmbiguous,
      List<Hit> cluster) {}

  /** What is searched in one cluster. */
  private static final class Cluster {
    private final List<Hit> all;
    private final List<Hit> left;
    private int tried;

    Cluster(List<Hit> hits) {
      all = hits;
      left = new ArrayList<>(hits);
    }

    boolean isBusy() {
      return all.size() > MOST_HITS || tried > MOST_LINES;
    }
  }

  /** A chamber and its counts. */
  private final class Chamber {
    private final ReferenceDetector.Chamber description;
    private final BigDecimal cellWidth;
    private final BigDecimal cellHeight;
    private final long halfCell;
    private final long steepest;
    private final long offset;
    private final long[] firstWires;
    private final ReferenceLines lines;
    private final Map<Wire, Integer> cells = new HashMap<>();
    private final long[] angleEdges;

    private long segments;
    private long segments4;
    private long ambiguous;
    private long busy;
    private final long[] tested;
    private final long[] found;
    private final long[] noise;
    private final List<Long> positions = new ArrayList<>();
    private final List<Long> slopes = new ArrayList<>();
    private final List<Long> residuals = new ArrayList<>();
    private final List<Long> passages = new ArrayList<>();
    private final List<Long> trackPlaces = new ArrayList<>();
    private final List<Long> trackSlopes = new ArrayList<>();
    private final Map<String, BigInteger> sums = new LinkedHashMap<>();

    Chamber(ReferenceDetector detector, ReferenceDetector.Chamber description) {
      this.description = description;
      cellWidth = detector.cellWidthMm();
      cellHeight = detector.cellHeightMm();
      halfCell =
          cellWidth
              .multiply(UM_PER_MM)
              .multiply(units)
              .divide(
                  TWO.multiply(detector.driftVelocityUmPerNs()).multiply(ofNs),
                  0,
                  RoundingMode.HALF_EVEN)
              .longValueExact();
      BigDecimal width = TWO.multiply(BigDecimal.valueOf(halfCell));
      steepest =
          width.multiply(cellHeight).divide(cellWidth, 0, RoundingMode.HALF_EVEN).longValueExact();
      offset =
          description
              .driftOffsetNs()
              .multiply(units)
              .multiply(TWO)
              .add(ofNs)
              .divide(TWO.multiply(ofNs), 0, RoundingMode.FLOOR)
              .longValueExact();
      firstWires =
          description.layerShifts().stream()
              .map(
                  shift ->
                      TWO.multiply(shift)
                          .subtract(BigDecimal.valueOf(description.wiresPerLayer() - 1))
                          .multiply(BigDecimal.valueOf(halfCell)))
              .mapToLong(first -> first.setScale(0, RoundingMode.HALF_EVEN).longValueExact())
              .toArray();
      lines = new ReferenceLines(description.layers(), halfCell, steepest);
      description.wires().forEach(wire -> cells.put(wire, cells.size()));
      double unitsOfTangent = cellHeight.doubleValue() * halfCell / cellWidth.doubleValue();
      angleEdges =
          Stream.of(edges(-1200, 40, 60))
              .mapToLong(edge -> (long) Math.ceil(Math.tan(edge / MRAD_PER_RAD) * unitsOfTangent))
              .toArray();
      tested = new long[cells.size()];
      found = new long[cells.size()];
      noise = new long[cells.size()];
      for (String field :
          List.of(
              "free_segments",
              "free_dof",
              "free_rr",
              "free_wr",
              "free_ww",
              "known_segments",
              "known_dof",
              "known_rr",
              "known_wr",
              "known_sr",
              "known_ww",
              "known_ws",
              "known_ss",
              "t0_segments",
              "t0",
              "t0_square",
              "track_tested",
              "track_found",
              "track_segments",
              "track_place",
              "track_place_square",
              "track_slope",
              "track_slope_square")) {
        sums.put(field, BigInteger.ZERO);
      }
    }

    private long place(Wire wire) {
      return firstWires[wire.layer()] + 2 * halfCell * wire.number();
    }

    /** The segments of an orbit; counts hits on none, and busy clusters. */
    List<Segment> find(List<CellHit> ofOrbit, Optional<Long> known) {
      List<Hit> hits =
          ofOrbit.stream()
              .map(
                  hit -> {
                    Wire wire = description.wires().get(hit.cell);
                    return new Hit(hit.cell, wire.layer(), place(wire), 16 * hit.ticks);
                  })
              .sorted(Comparator.comparingLong(Hit::time).thenComparingInt(Hit::cell))
              .toList();
      List<Segment> all = new ArrayList<>();
      for (Cluster cluster : clusters(hits)) {
        if (cluster.all.size() >= LEAST_HITS && !cluster.isBusy()) {
          Optional<Segment> next = next(cluster, known);
          while (next.isPresent()) {
            all.add(next.get());
            next.get().line.hits().forEach(cluster.left::remove);
            next = next(cluster, known);
          }
        }
        busy += cluster.isBusy() ? 1 : 0;
        cluster.left.forEach(hit -> noise[hit.cell()]++);
      }
      return all;
    }

    private List<Cluster> clusters(List<Hit> hits) {
      List<Cluster> clusters = new ArrayList<>();
      int first = 0;
      for (int i = 1; i <= hits.size(); i++) {
        if (i == hits.size()
            || hits.get(i).time() - hits.get(i - 1).time() > halfCell + 2 * lines.margin()) {
          clusters.add(new Cluster(hits.subList(first, i)));
          first = i;
        }
      }
      return clusters;
    }

    private Optional<Segment> next(Cluster cluster, Optional<Long> known) {
      int most = (int) cluster.left.stream().mapToInt(Hit::layer).distinct().count();
      for (int n = most; n >= LEAST_HITS; n--) {
        for (Optional<Long> t0 :
            known.isEmpty() ? List.of(known) : List.of(known, Optional.<Long>empty())) {
          List<Scored> accepted = accepted(cluster, n, t0);
          if (cluster.isBusy()) {
            return Optional.empty();
          }
          if (!accepted.isEmpty()) {
            return Optional.of(best(accepted, t0, cluster));
          }
        }
      }
      return Optional.empty();
    }

    private Segment best(List<Scored> accepted, Optional<Long> known, Cluster cluster) {
      Scored best = accepted.get(0);
      for (Scored other : accepted) {
        int order = other.score().compareTo(best.score());
        if (order < 0
            || (order == 0 && Math.abs(other.line().slope()) < Math.abs(best.line().slope()))) {
          best = other;
        }
      }
      BigInteger limit = best.score().add(lines.tolerance());
      long asGood = accepted.stream().filter(o -> o.score().compareTo(limit) <= 0).count();
      Line line = best.line();
      Line free = lines.line(line.hits(), line.sides(), Optional.empty(), 0);
      boolean isUndetermined = line.design().isUndetermined();
      return new Segment(
          line,
          known,
          Optional.of(free).filter(f -> !f.design().isUndetermined()),
          isUndetermined || asGood > 1,
          cluster.all);
    }

    private List<Scored> accepted(Cluster cluster, int n, Optional<Long> known) {
      long zero = cluster.left.get(0).time();
      List<Scored> accepted = new ArrayList<>();
      for (int set = 0; set < 1 << description.layers(); set++) {
        if (Integer.bitCount(set) == n) {
          for (List<Hit> hits : choices(cluster.left, set, 0)) {
            if (lines.isPassedOver(hits) || !isPossible(hits, known)) {
              continue;
            }
            List<Scored> ofHits = lines.accepted(hits, known, zero);
            long counting =
                ReferenceLines.allSides(n).stream()
                    .filter(sides -> lines.counts(hits, sides))
                    .count();
            ofHits.forEach(
                scored -> {
                  if (!lines.counts(hits, scored.line().sides())) {
                    throw new IllegalStateException(
                        "accepted, though it does not count: " + scored);
                  }
                });
            cluster.tried += (int) counting;
            if (cluster.isBusy()) {
              return List.of();
            }
            accepted.addAll(ofHits);
          }
        }
      }
      return accepted;
    }

    /** True where there is a time of passage that suits all of these hits. */
    private boolean isPossible(List<Hit> hits, Optional<Long> known) {
      long from = lines.earliest(hits);
      long to = lines.latest(hits);
      return from <= known.orElse(from) && known.orElse(from) <= to;
    }

    /** One hit of each layer of the set from this one on, the lowest layer's slowest. */
    private List<List<Hit>> choices(List<Hit> hits, int set, int layer) {
      if (layer == description.layers()) {
        return List.of(List.of());
      }
      List<List<Hit>> above = choices(hits, set, layer + 1);
      if ((set >> layer & 1) == 0) {
        return above;
      }
      return hits.stream()
          .filter(hit -> hit.layer() == layer)
          .flatMap(
              hit ->
                  above.stream().map(rest -> Stream.concat(Stream.of(hit), rest.stream()).toList()))
          .toList();
    }

    void count(Segment segment) {
      segments++;
      segments4 += segment.line.hits().size() >= 4 ? 1 : 0;
      ambiguous += segment.isAmbiguous ? 1 : 0;
      Hit lowest =
          segment.line.hits().stream().min(Comparator.comparingInt(Hit::layer)).orElseThrow();
      test(segment, (int) (lowest.time() / 16 % description.layers()));
      if (!segment.isAmbiguous) {
        countClear(segment);
      }
    }

    private void test(Segment segment, int layer) {
      List<Hit> others = segment.line.hits().stream().filter(h -> h.layer() != layer).toList();
      if (others.size() < LEAST_HITS) {
        return;
      }
      List<Scored> accepted =
          isPossible(others, segment.known)
              ? lines.accepted(others, segment.known, segment.cluster.get(0).time())
              : List.of();
      Optional<BigInteger> least =
          accepted.stream().map(Scored::score).min(Comparator.naturalOrder());
      if (least.isEmpty()) {
        return;
      }
      BigInteger limit = least.get().add(lines.tolerance());
      List<Optional<Integer>> crossed =
          accepted.stream()
              .filter(scored -> scored.score().compareTo(limit) <= 0)
              .map(scored -> crossed(scored.line(), layer))
              .distinct()
              .toList();
      if (crossed.size() == 1 && crossed.get(0).isPresent()) {
        int cell = crossed.get(0).get();
        long inCell = segment.cluster.stream().filter(hit -> hit.cell() == cell).count();
        if (inCell + others.size() < segment.cluster.size()) {
          return;
        }
        tested[cell]++;
        boolean isFound =
            segment.cluster.stream()
                .filter(hit -> hit.cell() == cell)
                .mapToLong(hit -> hit.time() - segment.line.time())
                .anyMatch(drift -> -lines.margin() <= drift && drift <= halfCell + lines.margin());
        found[cell] += isFound ? 1 : 0;
      }
    }

    /** The cell of a layer that a line surely crosses. */
    private Optional<Integer> crossed(Line line, int layer) {
      if (line.design().isUndetermined()) {
        return Optional.empty();
      }
      long at = line.at(lines.height(layer));
      return IntStream.range(0, description.wiresPerLayer())
          .mapToObj(number -> new Wire(layer, number))
          .filter(wire -> halfCell - Math.abs(at - place(wire)) >= halfCell / 10)
          .filter(cells::containsKey)
          .map(cells::get)
          .findFirst();
    }

    private void countClear(Segment segment) {
      Line line = segment.line;
      positions.add(line.at(0));
      slopes.add(line.slope());
      List<BigInteger> wires = line.hits().stream().map(h -> BigInteger.valueOf(h.wire())).toList();
      if (segment.known.isPresent()) {
        List<BigInteger> sides =
            line.sides().stream().map(side -> BigInteger.valueOf(side * halfCell)).toList();
        add("known_segments", BigInteger.ONE);
        add("known_dof", BigInteger.valueOf(line.design().basis().size()));
        add("known_rr", line.square());
        add("known_wr", line.design().product(wires, line.measured()));
        add("known_sr", line.design().product(sides, line.measured()));
        add("known_ww", line.design().product(wires, wires));
        add("known_ws", line.design().product(wires, sides));
        add("known_ss", line.design().product(sides, sides));
      }
      if (segment.free.isPresent() && line.hits().size() >= 4) {
        Line free = segment.free.get();
        addResiduals(free);
        add("free_segments", BigInteger.ONE);
        add("free_dof", BigInteger.valueOf(free.design().basis().size()));
        add("free_rr", free.square());
        add("free_wr", free.design().product(wires, free.measured()));
        add("free_ww", free.design().product(wires, wires));
      }
    }

    private void addResiduals(Line line) {
      List<List<BigInteger>> basis = line.design().basis();
      for (int hit = 0; hit < line.hits().size(); hit++) {
        // Fractions with the product of all squares as their denominator.
        BigInteger above = BigInteger.ZERO;
        BigInteger below = BigInteger.ZERO;
        for (List<BigInteger> k : basis) {
          BigInteger others = BigInteger.ONE;
          for (List<BigInteger> other : basis) {
            others = other == k ? others : others.multiply(ReferenceLines.dot(other, other));
          }
          BigInteger entry = k.get(hit);
          above =
              above.add(entry.multiply(ReferenceLines.dot(k, line.measured())).multiply(others));
          below = below.add(entry.pow(2).multiply(others));
        }
        if (below.signum() > 0) {
          residuals.add(ReferenceLines.floor(above, below).longValueExact());
        }
      }
    }

    private void add(String sum, BigInteger value) {
      sums.merge(sum, value, BigInteger::add);
    }

    void addPassage(long difference) {
      passages.add(difference);
      if (isNear(difference)) {
        add("t0_segments", BigInteger.ONE);
        add("t0", BigInteger.valueOf(difference));
        add("t0_square", BigInteger.valueOf(difference).pow(2));
      }
    }

    /** Compares an orbit's segments with the muon that crossed the chamber. */
    void compare(ReferenceTelescope telescope, Crossing crossing, List<Muon> muons) {
      if (crossing.isBetween() && isAmongWires(crossing.place())) {
        add("track_tested", BigInteger.ONE);
        if (muons.stream()
            .limit(MOST_SEGMENTS)
            .anyMatch(m -> Math.abs(m.place() - crossing.place()) <= 2 * halfCell)) {
          add("track_found", BigInteger.ONE);
        }
      }
      muons.stream()
          .filter(Muon::isClear)
          .findFirst()
          .filter(muon -> telescope.isInTime(muon, crossing))
          .ifPresent(
              muon -> {
                long place = muon.place() - crossing.place();
                long slope = muon.slope() - crossing.slope();
                trackPlaces.add(place);
                trackSlopes.add(slope);
                if (isBetween(trackPlaceEdges(), place) && isBetween(trackSlopeEdges(), slope)) {
                  add("track_segments", BigInteger.ONE);
                  add("track_place", BigInteger.valueOf(place));
                  add("track_place_square", BigInteger.valueOf(place).pow(2));
                  add("track_slope", BigInteger.valueOf(slope));
                  add("track_slope_square", BigInteger.valueOf(slope).pow(2));
                }
              });
    }

    /** True where each layer has a wire at this place or on both sides of it. */
    private boolean isAmongWires(long place) {
      return IntStream.range(0, description.layers())
          .allMatch(
              layer ->
                  place(new Wire(layer, 0)) <= place
                      && place <= place(new Wire(layer, description.wiresPerLayer() - 1)));
    }

    private long[] trackPlaceEdges() {
      return inUnits(TRACK_UM, BigDecimal.valueOf(2 * halfCell), cellWidth.multiply(UM_PER_MM));
    }

    private long[] trackSlopeEdges() {
      return inUnits(
          TRACK_THOUSANDTHS,
          BigDecimal.valueOf(halfCell).multiply(cellHeight),
          cellWidth.multiply(BigDecimal.valueOf(1000)));
    }

    void write(ObjectNode json) {
      json.put("segments", segments).put("segments4", segments4);
      json.put("ambiguous", ambiguous).put("busy", busy);
      write(json.putArray("tested"), tested);
      write(json.putArray("found"), found);
      write(json.putArray("noise"), noise);
      BigDecimal widths = BigDecimal.valueOf(halfCell).multiply(TWO);
      Integer[] mm = edges(-400, 20, 40);
      histogram(json.putObject("histo_x"), mm, inUnits(mm, widths, cellWidth), positions);
      histogram(json.putObject("histo_angle"), edges(-1200, 40, 60), angleEdges, slopes);
      Integer[] um = edges(-3000, 100, 60);
      histogram(
          json.putObject("histo_residual"),
          um,
          inUnits(um, widths, cellWidth.multiply(UM_PER_MM)),
          residuals);
      histogram(json.putObject("histo_t0"), edges(-60, 2, 60), passageEdges(), passages);
      histogram(json.putObject("histo_track_residual"), TRACK_UM, trackPlaceEdges(), trackPlaces);
      histogram(
          json.putObject("histo_track_angle"), TRACK_THOUSANDTHS, trackSlopeEdges(), trackSlopes);
      ObjectNode of = json.putObject("sums");
      sums.forEach(of::put);
    }

    private void write(ArrayNode array, long[] numbers) {
      for (long number : numbers) {
        array.add(number);
      }
    }
  }

  private static Integer[] edges(int first, int width, int bins) {
    return IntStream.rangeClosed(0, bins).mapToObj(i -> first + i * width).toArray(Integer[]::new);
  }

  /** The first whole number at or above each edge, times {@code by}, divided by {@code of}. */
  private static long[] inUnits(Integer[] edges, BigDecimal by, BigDecimal of) {
    return Stream.of(edges)
        .map(edge -> BigDecimal.valueOf(edge).multiply(by).divide(of, 0, RoundingMode.CEILING))
        .mapToLong(BigDecimal::longValueExact)
        .toArray();
  }

  private static void histogram(
      ObjectNode json, Integer[] edges, long[] inUnits, Collection<Long> values) {
    long[] reached = new long[edges.length + 1];
    for (long value : values) {
      int edge = 0;
      while (edge < edges.length && value >= inUnits[edge]) {
        edge++;
      }
      reached[edge]++;
    }
    ArrayNode edgesNode = json.putArray("bin_edges");
    Stream.of(edges).forEach(edgesNode::add);
    ArrayNode counts = json.putArray("bin_counts");
    for (int bin = 1; bin < edges.length; bin++) {
      counts.add(reached[bin]);
    }
    json.put("underflow", reached[0]).put("overflow", reached[edges.length]);
  }
}
