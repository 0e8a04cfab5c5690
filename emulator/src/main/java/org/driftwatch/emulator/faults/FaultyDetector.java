package org.driftwatch.emulator.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.emulator.faults.DetectorFault.Kind;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.source.RowBatch;

/**
 * Rows as a detector with faults would have sent them, on their way to an encoder or to whatever
 * else takes rows. All other rows stay as they are, and so do their stamps: a lost hit is {@link
 * RowEncoder#skip skipped} at its time, a hit more comes {@link RowEncoder#beside beside} the one
 * that it was drawn for. Trigger words are lost only with their board; hits that do not fit the
 * widths of their fields, too. The same seed does the same at the same rows and times. No object
 * per hit. Not safe for use by several threads.
 *
 * <pre>{@code
 * List<DetectorFault> faults = DetectorFault.parse(List.of("dead:chamber2@60s"), detector);
 * FaultyDetector faulty = new FaultyDetector(detector, faults, seed, () -> nanos, rows);
 * faulty.row(batch, i, due); // for every row of the source; rows.row, skip or beside follow
 * }</pre>
 */
public final class FaultyDetector implements RowEncoder {
  private final RowEncoder out;
  private final LongSupplier clock;
  private final InjectionLog log;
  private final int firstBoard;
  private final RecordPacking packing;
  private final List<Part> parts = new ArrayList<>();
  private final RowBatch changed;
  private final MovingHit source;
  private final MovingHit hit;

  private Part[] noises = {};
  private Part[] effects = {};
  private boolean isCalm = true;
  private long nextChange;
  private boolean begun;
  private long startNs;
  private long row;
  private long lastDue;

  /** A fault and what it has done. */
  private static final class Part {
    final DetectorFault fault;
    final Noise noise;
    final Effect effect;
    final boolean changes;
    long firstRow;
    long firstDue;
    long hits;
    long otherRows;
    boolean acts;
    boolean ended;

    Part(DetectorFault fault, DetectorDescription detector, SplittableRandom random) {
      this.fault = fault;
      boolean isNoise = fault.kind() == Kind.NOISY;
      changes = fault.kind() == Kind.SHIFT || fault.kind() == Kind.SWAP;
      noise = isNoise ? new Noise(fault, detector, random) : null;
      effect = isNoise ? null : Effect.of(fault, detector, random);
    }
  }

  /**
   * Faults of a detector, without a log.
   *
   * @param seed of all random numbers
   * @param clock when the row at hand is due, ns; times of faults count from the first row's
   * @param out takes the rows
   */
  public FaultyDetector(
      DetectorDescription detector,
      List<DetectorFault> faults,
      long seed,
      LongSupplier clock,
      RowEncoder out) {
    this(detector, faults, seed, clock, out, new InjectionLog());
  }

  /** Faults of a detector, with a log of each that ends, or lasts until {@link #flush}. */
  FaultyDetector(
      DetectorDescription detector,
      List<DetectorFault> faults,
      long seed,
      LongSupplier clock,
      RowEncoder out,
      InjectionLog log) {
    this.out = out;
    this.clock = clock;
    this.log = log;
    firstBoard = detector.format().field(Role.BOARD).map(Field::first).orElse(0);
    packing = new RecordPacking(detector);
    changed = new RowBatch(packing, 1);
    source = new MovingHit(detector);
    hit = new MovingHit(detector);
    for (int i = 0; i < faults.size(); i++) {
      parts.add(new Part(faults.get(i), detector, new SplittableRandom(seed * 1009 + i)));
      log.count(label(faults.get(i)), 0);
    }
    // A board that is off has no hits of any channel, wherever cables lead.
    parts.sort(
        Comparator.comparing((Part part) -> part.fault.isOfBoard())
            .thenComparing(part -> part.fault.kind()));
  }

  private static String label(DetectorFault fault) {
    return fault + " hits " + done(fault.kind());
  }

  private static String done(Kind kind) {
    return switch (kind) {
      case NOISY -> "made";
      case SHIFT, SWAP -> "changed";
      case DEAD, EFFICIENCY, RATE -> "taken";
    };
  }

  @Override
  public void row(RowBatch batch, int i, long due) {
    long now = clock.getAsLong();
    if (!begun) {
      begun = true;
      startNs = now;
    }
    if (now - startNs >= nextChange) {
      turn(now - startNs, due);
    }
    if (isCalm) {
      out.row(batch, i, due);
    } else if (batch.isHit(i) && !batch.isWide(i)) {
      hit(batch, i, due);
    } else {
      otherRow(batch, i, due);
    }
    lastDue = due;
    row++;
  }

  /** Begins and ends what begins and ends by now. */
  private void turn(long nanos, long due) {
    nextChange = Long.MAX_VALUE;
    for (Part part : parts) {
      if (nanos >= part.fault.toNs()) {
        end(part, due);
      } else if (nanos >= part.fault.fromNs()) {
        if (!part.acts) {
          part.acts = true;
          part.firstRow = row;
          part.firstDue = due;
        }
        nextChange = Math.min(nextChange, part.fault.toNs());
      } else {
        nextChange = Math.min(nextChange, part.fault.fromNs());
      }
    }
    noises = acting(true);
    effects = acting(false);
    isCalm = noises.length + effects.length == 0;
  }

  private Part[] acting(boolean noise) {
    return parts.stream()
        .filter(part -> part.acts && !part.ended && part.noise != null == noise)
        .toArray(Part[]::new);
  }

  private void end(Part part, long due) {
    if (part.acts && !part.ended) {
      part.ended = true;
      log.count(label(part.fault), part.hits);
      log.line(
          part.fault.kind().label(),
          part.firstRow,
          ",\"to_row\":"
              + row
              + ",\"timestamp\":"
              + part.firstDue
              + ",\"to_timestamp\":"
              + due
              + ",\"fault\":\""
              + part.fault
              + "\",\"hits_"
              + done(part.fault.kind())
              + "\":"
              + part.hits
              + (part.otherRows == 0 ? "" : ",\"other_rows_taken\":" + part.otherRows));
    }
  }

  private void hit(RowBatch batch, int i, long due) {
    long word = batch.word(i);
    long orbit = batch.orbit(i);
    source.set(word, orbit);
    hit.set(word, orbit);
    if (!pass()) {
      out.skip(batch, i, due);
    } else if (hit.orbit() != orbit) {
      out.skip(batch, i, due);
      out.beside(changed(batch.run(i)), 0, due);
    } else if (hit.word() != word) {
      out.row(changed(batch.run(i)), 0, due);
    } else {
      out.row(batch, i, due);
    }
    for (Part part : noises) {
      for (int left = part.noise.draw(source); left > 0; left--) {
        hit.set(word, orbit);
        part.noise.make(hit);
        part.hits++;
        if (pass()) {
          out.beside(changed(batch.run(i)), 0, due);
        }
      }
    }
  }

  /** Takes the hit through all faults; false if it is lost. */
  private boolean pass() {
    for (Part part : effects) {
      if (part.effect.concerns(hit)) {
        boolean kept = part.effect.pass(hit);
        if (!kept || part.changes) {
          part.hits++;
        }
        if (!kept) {
          return false;
        }
      }
    }
    return true;
  }

  private RowBatch changed(long run) {
    changed.clear();
    changed.setRun(run);
    changed.add(hit.word(), packing.layout().orbitAbove(hit.orbit()));
    return changed;
  }

  private void otherRow(RowBatch batch, int i, long due) {
    int board = board(batch, i);
    for (Part part : effects) {
      if (part.effect.takesAllOf(board)) {
        part.otherRows++;
        out.skip(batch, i, due);
        return;
      }
    }
    out.row(batch, i, due);
  }

  private int board(RowBatch batch, int i) {
    if (batch.isWide(i)) {
      DaqRecord wide = batch.row(i);
      return wide.board() - firstBoard;
    }
    return packing.layout().board(batch.word(i));
  }

  @Override
  public void skip(RowBatch batch, int i, long due) {
    out.skip(batch, i, due);
  }

  @Override
  public void beside(RowBatch batch, int i, long due) {
    out.beside(batch, i, due);
  }

  @Override
  public long deadline() {
    return out.deadline();
  }

  @Override
  public void release(long now) {
    out.release(now);
  }

  /** Ends the faults, and sends all that the encoder holds back. */
  @Override
  public void flush() {
    for (Part part : parts) {
      end(part, lastDue);
    }
    noises = acting(true);
    effects = acting(false);
    isCalm = true;
    out.flush();
  }
}
