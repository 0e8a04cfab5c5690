package org.driftwatch.pipelines.reference;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.TrackSum;
import org.driftwatch.detector.reference.Parsed.Place;
import org.driftwatch.detector.reference.ReferenceDetector;
import org.driftwatch.detector.reference.ReferenceDetector.Wire;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.summarise.HistogramCombiner;
import org.driftwatch.pipelines.testing.Course;
import org.driftwatch.pipelines.testing.Detector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Orbits that try each sentence of docs/tracks.md, in chambers of 3 to 6 layers, most of them in
 * telescopes.
 */
class ReferenceTracksTest {
  private static final int DETECTORS = 6;
  private static final int CHAMBERS = 4;
  private static final int CELLS = 64;
  private static final double ORBIT_NS = 3564 * 25.0;
  private static final double RESOLUTION_NS = 4;

  /** What happens in an orbit. */
  private enum Orbits {
    MUONS(60) {
      @Override
      void fill(Orbit orbit) {
        orbit.muon(orbit.anyTime(), 0.5);
        orbit.noise(orbit.random.nextInt(3));
      }
    },
    MUONS_THROUGH_ALL_CHAMBERS(100) {
      @Override
      void fill(Orbit orbit) {
        double time = orbit.anyTime();
        orbit.track(time);
        if (orbit.random.nextInt(4) == 0) {
          orbit.track(time + orbit.random.nextInt(800));
        }
        orbit.noise(orbit.random.nextInt(3));
      }

      @Override
      List<String> counts() {
        return Stream.of(TrackSum.values()).map(sum -> "/sums/" + sum.field()).toList();
      }
    },
    STEEP_MUONS(60) {
      @Override
      void fill(Orbit orbit) {
        orbit.muon(orbit.anyTime(), 2.5);
      }
    },
    MUONS_THAT_OVERLAP(40) {
      @Override
      void fill(Orbit orbit) {
        double time = orbit.anyTime();
        orbit.muon(time, 0.4);
        orbit.muon(time + orbit.random.nextInt(600), 0.4);
        if (orbit.random.nextBoolean()) {
          orbit.muon(time + orbit.random.nextInt(600), 0.4);
        }
      }
    },
    DELTA_RAYS_AND_SECOND_HITS_OF_A_CELL(60) {
      @Override
      void fill(Orbit orbit) {
        double time = orbit.anyTime();
        orbit.muon(time, 0.5);
        orbit.repeat();
        orbit.noise(orbit.random.nextInt(4), time);
      }
    },
    MUONS_AT_THE_EDGES_OF_THE_ORBIT(60) {
      @Override
      void fill(Orbit orbit) {
        orbit.muon(orbit.random.nextBoolean() ? orbit.random.nextInt(100) : ORBIT_NS - 200, 0.5);
        orbit.muon(orbit.random.nextBoolean() ? -100 : ORBIT_NS, 0.5);
      }
    },
    WHOLE_LAYERS(10) {
      @Override
      void fill(Orbit orbit) {
        double time = orbit.anyTime();
        orbit.layer(time);
        orbit.muon(time, 0.5);
      }
    },
    LARGE_CLUSTERS(10) {
      @Override
      void fill(Orbit orbit) {
        double time = orbit.anyTime();
        int[] sizes = {20, 23, 24, 25, 26, 1000};
        orbit.cluster(sizes[orbit.random.nextInt(sizes.length)], time);
      }
    },
    NOISE(40) {
      @Override
      void fill(Orbit orbit) {
        orbit.noise(4 + orbit.random.nextInt(12), orbit.anyTime());
      }
    },
    HITS_CLOSE_TOGETHER(40) {
      @Override
      void fill(Orbit orbit) {
        orbit.column(3 + orbit.random.nextInt(14), orbit.anyTime());
      }
    };

    private final int size;

    Orbits(int size) {
      this.size = size;
    }

    /** Adds one orbit's hits. */
    abstract void fill(Orbit orbit);

    /** Which fields of a chamber's segments are to be seen. */
    List<String> counts() {
      return List.of("/segments");
    }
  }

  @ParameterizedTest
  @EnumSource
  void segmentsAreTheReferences(Orbits kind) {
    Random random = Seed.random("tracks, " + kind);
    Set<String> unseen = new LinkedHashSet<>(kind.counts());
    for (int i = 0; i < DETECTORS; i++) {
      Detector detector = i == 0 ? Course.BOTH : detector(random);
      Orbit orbit = new Orbit(random, detector);
      for (int n = 0; n < kind.size; n++) {
        orbit.next();
        kind.fill(orbit);
      }
      JsonNode expected =
          ReferenceMonitor.batch(List.of(Course.record(orbit.hits)), detector.json());

      assertThat("detector " + i, found(detector, orbit.hits), is(SameSummary.as(expected)));
      for (int chamber = 0; chamber < CHAMBERS; chamber++) {
        JsonNode tracks = expected.at("/tracks_ch" + chamber);
        unseen.removeIf(field -> tracks.at(field).longValue() != 0);
      }
    }
    assertThat("fields that were 0 throughout", unseen, is(empty()));
  }

  private static byte[] found(Detector detector, List<Long> hits) {
    HistogramCombiner combiner =
        new HistogramCombiner(detector.description(), Course.TURNS, true, true);
    return SummaryJson.write(
        combiner
            .apply(List.of(Course.packed(hits, new ChannelMap(detector.description()))))
            .summary(detector.description(), Optional.empty(), 0));
  }

  /** The course's chambers with other layers, shifts, cells, gas and offsets. */
  private static Detector detector(Random random) {
    return Course.BOTH.with(
        tree -> {
          tree.put("cellWidthMm", 30 + random.nextInt(150) / 10.0);
          tree.put("cellHeightMm", 10 + random.nextInt(60) / 10.0);
          tree.put("driftVelocityUmPerNs", 50 + random.nextInt(80) / 10.0);
          for (JsonNode chamber : tree.get("chambers")) {
            change((ObjectNode) chamber, random);
          }
          if (random.nextInt(3) == 0) {
            ((ArrayNode) tree.get("scintillators")).removeAll();
          }
        });
  }

  private static void change(ObjectNode chamber, Random random) {
    int layers = 3 + random.nextInt(4);
    int wires = CELLS / layers;
    chamber.remove(List.of("deadCells", "weakCells", "hotCells", "layerOrder", "layerShifts"));
    chamber.put("layers", layers).put("wires", wires);
    chamber.put("view", random.nextInt(5) == 0 ? "y" : "x");
    chamber.put("xMm", BigDecimal.valueOf(random.nextInt(100_000) - 50_000, 3));
    int far = random.nextInt(8) == 0 ? 11_000_000 : 3_000_000;
    int height = random.nextInt(far) - 1_000_000;
    chamber.put("zMm", BigDecimal.valueOf(random.nextInt(6) == 0 ? 400_050 : height, 3));
    chamber.put("driftOffsetNs", BigDecimal.valueOf(random.nextInt(400_000) - 200_000, 3));
    if (random.nextInt(4) == 0) {
      List<Integer> cells = shuffled(layers * wires, random);
      ArrayNode places = chamber.putArray("cells");
      for (int cell : cells.subList(0, cells.size() - random.nextInt(5))) {
        places.addArray().add(cell % layers + 1).add(cell / layers + 1);
      }
    } else {
      ArrayNode order = chamber.putArray("layerOrder");
      shuffled(layers, random).forEach(layer -> order.add(layer + 1));
      chamber.put("wiresFirst", random.nextBoolean());
    }
    if (random.nextBoolean()) {
      ArrayNode shifts = chamber.putArray("layerShifts");
      int thousandths = random.nextInt(500);
      for (int layer = 0; layer < layers; layer++) {
        shifts.add(BigDecimal.valueOf(thousandths, 3));
        thousandths = Math.floorMod(thousandths + 201 + random.nextInt(599), 1000);
        thousandths -= 1000 * random.nextInt(2);
      }
    }
  }

  private static List<Integer> shuffled(int size, Random random) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(numbers, random);
    return numbers;
  }

  /** Draws the hits of one orbit after the other. */
  private static final class Orbit {
    private final Random random;
    private final List<ReferenceDetector.Chamber> chambers;
    private final List<Place> scintillators;
    private final double width;
    private final double height;
    private final double velocity;
    private final List<Long> hits = new ArrayList<>();
    private int first;
    private long number;

    Orbit(Random random, Detector of) {
      this.random = random;
      ReferenceDetector detector = ReferenceDetector.of(of.json());
      chambers = detector.chambers();
      scintillators = detector.scintillators();
      width = detector.cellWidthMm().doubleValue();
      height = detector.cellHeightMm().doubleValue();
      velocity = detector.driftVelocityUmPerNs().doubleValue() / 1000;
    }

    void next() {
      first = hits.size();
      number++;
    }

    double anyTime() {
      return random.nextDouble() * ORBIT_NS;
    }

    /**
     * A muon through all chambers, each of which has a drift offset, and now and then a trigger.
     */
    void muon(double time, double steep) {
      for (ReferenceDetector.Chamber chamber : chambers) {
        double x = (random.nextDouble() - 0.5) * chamber.wiresPerLayer() * width;
        cross(chamber, time, x, steep * (2 * random.nextDouble() - 1));
      }
      trigger(time);
    }

    /**
     * A muon that is straight from the lowest chamber to the highest, but for a little more than
     * what is still taken for one.
     */
    void track(double time) {
      List<Double> heights = chambers.stream().map(c -> c.heightMm().doubleValue()).toList();
      double low = Collections.min(heights);
      double range = Math.max(1, Collections.max(heights) - low);
      double from = (random.nextDouble() - 0.5) * CELLS / 4 * width;
      double tangent = ((random.nextDouble() - 0.5) * CELLS / 4 * width - from) / range;
      double scatter = random.nextInt(3) == 0 ? 1 : 0.02;
      for (ReferenceDetector.Chamber chamber : chambers) {
        cross(
            chamber,
            time + scatter * 50 * random.nextGaussian(),
            from
                + tangent * (chamber.heightMm().doubleValue() - low)
                - chamber.placeMm().doubleValue()
                + scatter * width * random.nextGaussian(),
            tangent + scatter * 0.1 * random.nextGaussian());
      }
      trigger(time);
    }

    private void cross(ReferenceDetector.Chamber chamber, double time, double x, double tangent) {
      double start = time - chamber.driftOffsetNs().doubleValue();
      for (int layer = 0; layer < chamber.layers(); layer++) {
        double at = x + tangent * height * (layer - (chamber.layers() - 1) / 2.0);
        double left =
            chamber.layerShifts().get(layer).doubleValue() - (chamber.wiresPerLayer() - 1) / 2.0;
        long wire = Math.round(at / width - left);
        int cell = chamber.wires().indexOf(new Wire(layer, (int) wire));
        if (cell >= 0 && random.nextInt(20) > 0) {
          double drift = Math.abs(at - (left + wire) * width) / velocity;
          hit(chamber, cell, start + drift + RESOLUTION_NS * random.nextGaussian());
        }
      }
    }

    private void trigger(double time) {
      if (!scintillators.isEmpty() && random.nextBoolean()) {
        hit(scintillators.get(0), time + 2 * random.nextGaussian());
      }
    }

    /** Some hits of the orbit once more, at the same time or later. */
    void repeat() {
      for (int i = hits.size() - 1; i >= first; i--) {
        if (random.nextInt(5) == 0) {
          hits.add(hits.get(i) + (random.nextInt(3) == 0 ? 0 : (long) random.nextInt(12) << 5));
        }
      }
    }

    void noise(int count) {
      for (int i = 0; i < count; i++) {
        noise(1, anyTime());
      }
    }

    /** Hits of all chambers in half a microsecond. */
    void noise(int count, double time) {
      for (ReferenceDetector.Chamber chamber : chambers) {
        for (int i = 0; i < count; i++) {
          hit(chamber, random.nextInt(chamber.cells().size()), time + random.nextInt(500));
        }
      }
      if (!scintillators.isEmpty() && random.nextInt(3) == 0) {
        hit(scintillators.get(0), time);
      }
    }

    void cluster(int count, double time) {
      ReferenceDetector.Chamber chamber = chambers.get(random.nextInt(chambers.size()));
      for (int i = 0; i < count; i++) {
        hit(chamber, random.nextInt(chamber.cells().size()), time + random.nextInt(300));
      }
    }

    /** Hits that lines fit by chance: of neighbouring wires only. */
    void column(int count, double time) {
      ReferenceDetector.Chamber chamber = chambers.get(0);
      int wire = random.nextInt(chamber.wiresPerLayer());
      List<Wire> near =
          chamber.wires().stream().filter(w -> Math.abs(w.number() - wire) <= 1).toList();
      for (int i = 0; i < count; i++) {
        int cell = chamber.wires().indexOf(near.get(random.nextInt(near.size())));
        hit(chamber, cell, time + random.nextInt(390));
      }
    }

    /** All cells of a layer. */
    void layer(double time) {
      ReferenceDetector.Chamber chamber = chambers.get(0);
      int layer = random.nextInt(chamber.layers());
      for (int cell = 0; cell < chamber.cells().size(); cell++) {
        if (chamber.wires().get(cell).layer() == layer) {
          hit(chamber, cell, time + random.nextInt(390));
        }
      }
    }

    private void hit(ReferenceDetector.Chamber chamber, int cell, double time) {
      hit(chamber.cells().get(cell), time);
    }

    private void hit(Place place, double time) {
      long last = (long) (ORBIT_NS * 30 / 25) - 1;
      int ticks = (int) Math.max(0, Math.min(last, Math.round(time * 30 / 25)));
      hits.add(Course.hit(place.board(), place.channel(), number, ticks / 30, ticks % 30));
    }
  }
}
