package org.driftwatch.emulator.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.HitLayout;

/**
 * What happened to each muon, as it is simulated, until all its hits are among the rows: told in
 * this order of where and when it is, the chambers that it crosses, its hits as they are stamped,
 * and the rows that these have become. Holds the muons whose hits wait in the boards, and no more.
 * Not safe for use by several threads.
 */
final class MuonTruth {
  private final List<Chamber> chambers;
  private final HitLayout layout;
  private final int ticksPerCrossing;
  private final long orbitTicks;
  private final double tickNs;

  /** Stamped hits that are not among the rows yet; noise may look the same, and is as good. */
  private final Map<Long, Deque<Hit>> waiting = new LinkedHashMap<>();

  private List<Muon> complete = new ArrayList<>();
  private Muon muon = new Muon(0);
  private Chamber chamber;
  private ArrayNode cells = JsonNodeFactory.instance.arrayNode();
  private ArrayNode deltaRays = cells;
  private double startNs;
  private long row;

  private record Hit(Muon muon, ObjectNode json) {}

  /** A muon and how much of it is among the rows. */
  private static final class Muon {
    final ObjectNode json = JsonNodeFactory.instance.objectNode();
    final ArrayNode crossed = JsonNodeFactory.instance.arrayNode();
    final ArrayNode triggers = JsonNodeFactory.instance.arrayNode();
    final List<ObjectNode> hits = new ArrayList<>();
    int left;

    /** The row of the first of its hits; without any the row that was next. */
    long firstRow;

    Muon(long row) {
      firstRow = row;
    }
  }

  MuonTruth(DetectorDescription detector) {
    chambers = detector.chambers();
    chamber = chambers.get(0);
    layout = new HitLayout(detector);
    ticksPerCrossing = detector.clock().ticksPerCrossing();
    orbitTicks = (long) detector.clock().crossingsPerOrbit() * ticksPerCrossing;
    tickNs = detector.clock().tickNs();
  }

  /** A muon is to be made, in this tick of an orbit. */
  void begin(long orbit, int tick) {
    muon = new Muon(row);
    muon.json.put("orbit", new BigInteger(Long.toUnsignedString(orbit)));
    startNs = tick * tickNs;
  }

  /**
   * Its track.
   *
   * @param leadNs from the tick to the passage
   * @param xMm its place at height 0
   */
  void track(double leadNs, double xMm, double yMm, double slopeX, double slopeY) {
    muon.json.put("passage_ns", rounded(startNs + leadNs));
    muon.json.put("x_mm", rounded(xMm)).put("y_mm", rounded(yMm));
    muon.json.put("slope_x", fine(slopeX)).put("slope_y", fine(slopeY));
    muon.json.set("chambers", muon.crossed);
    muon.json.set("triggers", muon.triggers);
  }

  /**
   * It crosses a chamber.
   *
   * @param positionMm where, at the chamber's middle height in its own coordinate
   * @param afterTickNs from the muon's tick to the time that drifts count from
   * @param velocity drift velocity, um/ns
   */
  void chamber(int number, double positionMm, double slope, double afterTickNs, double velocity) {
    chamber = chambers.get(number);
    ObjectNode crossed = muon.crossed.addObject().put("chamber", number);
    crossed.put("position_mm", rounded(positionMm)).put("slope", fine(slope));
    crossed.put("t0_ns", rounded(startNs + afterTickNs));
    crossed.put("drift_velocity_um_per_ns", rounded(velocity));
    cells = crossed.putArray("cells");
    deltaRays = crossed.putArray("delta_rays");
  }

  /**
   * It crosses a cell of that chamber.
   *
   * @param fromWireMm where, from the wire on
   * @param answers true if that gives a hit, which is the next
   */
  void crossed(int cell, double fromWireMm, double driftNs, boolean answers) {
    ObjectNode crossed = of(cell, cells.addObject());
    crossed.put("from_wire_mm", rounded(fromWireMm)).put("drift_ns", rounded(driftNs));
    crossed.putNull("time_ns").putNull("row");
    if (answers) {
      muon.hits.add(crossed);
    }
  }

  /** A delta ray gives a hit in a cell of that chamber, which is the next. */
  void deltaRay(int cell) {
    muon.hits.add(of(cell, deltaRays.addObject()).putNull("time_ns").putNull("row"));
  }

  /** A trigger of this kind gives a hit, which is the next. */
  void trigger(String kind) {
    muon.hits.add(muon.triggers.addObject().put("kind", kind).putNull("time_ns").putNull("row"));
  }

  private ObjectNode of(int cell, ObjectNode json) {
    return json.put("cell", cell).put("layer", chamber.layer(cell)).put("wire", chamber.wire(cell));
  }

  /**
   * A hit is stamped.
   *
   * @param index its number among the muon's hits
   * @param at when it is, in ticks from the start of the muon's orbit
   */
  void stamped(int index, long hit, int at) {
    ObjectNode json = muon.hits.get(index);
    long fromOrbit = layout.crossing(hit) * (long) ticksPerCrossing + layout.tick(hit);
    json.put("time_ns", rounded((at / orbitTicks * orbitTicks + fromOrbit) * tickNs));
    muon.firstRow = Long.MAX_VALUE;
    waiting.computeIfAbsent(hit, key -> new ArrayDeque<>()).add(new Hit(muon, json));
    muon.left++;
  }

  /** The muon is made: all its hits are stamped. */
  void end() {
    if (muon.left == 0) {
      complete.add(muon);
    }
  }

  /** A hit has become the next row. */
  void hitRow(long hit) {
    Deque<Hit> same = waiting.get(hit);
    if (same != null) {
      Hit first = same.remove();
      if (same.isEmpty()) {
        waiting.remove(hit);
      }
      Muon of = first.muon;
      of.firstRow = Math.min(of.firstRow, row);
      first.json.put("row", row);
      if (--of.left == 0) {
        complete.add(of);
      }
    }
    row++;
  }

  /** Something else has become the next row. */
  void otherRow() {
    row++;
  }

  /** Rows so far. */
  long rows() {
    return row;
  }

  /** The muons whose last hit has become a row since this was asked before. */
  List<ObjectNode> takeComplete() {
    List<ObjectNode> taken = complete.stream().map(muon -> muon.json).toList();
    complete = new ArrayList<>();
    return taken;
  }

  /** The muons that are among the first rows, and of these the hits that are. */
  List<ObjectNode> takeUpTo(long rows) {
    Set<Muon> rest = new LinkedHashSet<>(complete);
    waiting.values().forEach(same -> same.forEach(hit -> rest.add(hit.muon)));
    complete = new ArrayList<>();
    waiting.clear();
    List<ObjectNode> taken = new ArrayList<>();
    for (Muon of : rest) {
      if (of.firstRow < rows) {
        of.hits.forEach(hit -> cut(hit, rows));
        taken.add(of.json);
      }
    }
    return taken;
  }

  private static void cut(ObjectNode hit, long rows) {
    if (hit.get("row").asLong() >= rows) {
      hit.putNull("row");
    }
  }

  /** To a tenth of a um or ps. */
  private static double rounded(double value) {
    return Math.rint(value * 1e4) / 1e4;
  }

  /** To a thousandth of a mrad. */
  private static double fine(double slope) {
    return Math.rint(slope * 1e6) / 1e6;
  }
}
