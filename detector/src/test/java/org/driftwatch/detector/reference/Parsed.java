package org.driftwatch.detector.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What one value of the topic {@code stream} holds, in order.
 *
 * @param hits the hits
 * @param triggerWords HEAD of each trigger word
 * @param malformed the malformed records
 * @param runs numbers of the runs that hits and trigger words are of
 */
public record Parsed(
    List<Hit> hits,
    List<Integer> triggerWords,
    List<Malformed> malformed,
    NavigableSet<Long> runs) {

  Parsed() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new TreeSet<>());
  }

  /**
   * A hit, field by field, with the numbers that the record has.
   *
   * @param head HEAD; 0 where records have none
   * @param place which wire it is of
   * @param orbit the orbit of the hit, which may be that before its arrival's
   * @param crossing the bunch crossing of the hit
   * @param tick the fine time
   * @param run number of its run, if it is said
   */
  public record Hit(
      int head, Place place, BigInteger orbit, int crossing, int tick, Optional<Long> run) {}

  /**
   * Where a hit is, as records say it: fields that they do not have are 0.
   *
   * @param board board or station
   * @param channel channel of the board
   * @param layer layer, where records have no channel
   * @param wire wire, where records have no channel
   */
  public record Place(int board, int channel, int layer, int wire) {}

  /**
   * A malformed record.
   *
   * @param index lines or words before it in the value
   * @param bytes the record itself, one character a byte
   */
  public record Malformed(int index, String bytes) {}
}
