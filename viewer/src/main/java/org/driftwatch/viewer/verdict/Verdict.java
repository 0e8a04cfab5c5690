package org.driftwatch.viewer.verdict;

import java.util.List;

/**
 * The result of one check. Immutable.
 *
 * @param level how well it is
 * @param check what was looked at
 * @param reason why, in words with the number, its limit and the entries it stands on
 * @param value the number
 * @param limit the limit it was compared with
 * @param entries the entries it stands on
 * @param cells the cells it accuses, from 0; empty if it accuses none
 */
public record Verdict(
    Level level,
    Check check,
    String reason,
    double value,
    double limit,
    long entries,
    List<Integer> cells) {

  /** Copies the cells. */
  public Verdict {
    cells = List.copyOf(cells);
  }

  Verdict(Level level, Check check, String reason, double value, double limit, long entries) {
    this(level, check, reason, value, limit, entries, List.of());
  }

  /** What is looked at. */
  public enum Check {
    /** Cells that count too little. */
    DEAD_CELLS("dead cells"),
    /** Cells that count too much. */
    NOISY_CELLS("noisy cells"),
    /** The chamber's share of all hits. */
    SHARE("share of hits"),
    /** The muons' peak at as many active channels as there are layers. */
    MUON_PEAK("muon peak"),
    /** The edges of the drift-time box. */
    DRIFT_BOX("drift box"),
    /** Sudden changes of a rate. */
    RATE("rate"),
    /** Windows whose records had been deleted before they were read. */
    COMPLETENESS("complete windows"),
    /** Records that do not count as they should. */
    RECORDS("records"),
    /** Results that are held back, clocks that are behind. */
    DELAY("delay"),
    /** Results that do not come. */
    SILENCE("silence");

    private final String title;

    Check(String title) {
      this.title = title;
    }

    /** In words. */
    public String title() {
      return title;
    }
  }
}
