package org.driftwatch.quality;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The result of one check. Immutable.
 *
 * @param subject what it speaks of
 * @param check what was looked at
 * @param level how well it is
 * @param stretchSeconds length of what was judged, s
 * @param value the number
 * @param limit the limit that it was compared with
 * @param entries the entries that it stands on
 * @param expected what was expected instead of the value, where that is known, such as the rate
 *     before a step
 * @param cells the cells that it accuses, from 0, or layers, from 1; empty if it accuses none
 * @param message one sentence with the numbers
 */
public record Verdict(
    Subject subject,
    Check check,
    Level level,
    double stretchSeconds,
    double value,
    double limit,
    long entries,
    OptionalDouble expected,
    List<Integer> cells,
    String message) {

  /** Copies the cells. */
  public Verdict {
    cells = List.copyOf(cells);
  }

  /** {@code SUBJECT/CHECK}, the key in the topics. */
  public String key() {
    return subject.key() + "/" + check.key();
  }
}
