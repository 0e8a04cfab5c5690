package org.driftwatch.detector.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * What one value of the topic {@code stream} holds, in order.
 *
 * @param hits the hits
 * @param triggerWords HEAD of each trigger word
 * @param malformed the malformed records
 */
public record Parsed(List<Hit> hits, List<Integer> triggerWords, List<Malformed> malformed) {

  Parsed() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /** A hit, field by field. */
  public record Hit(int fpga, int channel, long orbit, int bx, int tdc) {}

  /**
   * A malformed record.
   *
   * @param index lines or words before it in the value
   * @param bytes the record itself, one character a byte
   */
  public record Malformed(int index, String bytes) {}
}
