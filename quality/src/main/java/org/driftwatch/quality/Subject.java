package org.driftwatch.quality;

import java.io.IOException;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.OneLine;

/**
 * What a verdict speaks of: the run as a whole, or one chamber. Immutable.
 *
 * @param chamber the chamber, from 0; -1 for the run
 */
public record Subject(int chamber) implements Comparable<Subject> {
  /** The run as a whole. */
  public static final Subject RUN = new Subject(-1);

  private static final String RUN_KEY = "run";
  private static final String CHAMBER_KEY = "chamber-";

  /** Checks the number. */
  public Subject {
    if (chamber < -1 || chamber >= DetectorDescription.MAX_CHAMBERS) {
      throw new IllegalArgumentException("chamber " + chamber);
    }
  }

  /** True for the run. */
  public boolean isRun() {
    return chamber < 0;
  }

  /** As the topics spell it: {@code run}, {@code chamber-0}, ... */
  public String key() {
    return isRun() ? RUN_KEY : CHAMBER_KEY + chamber;
  }

  /**
   * Reads a key.
   *
   * @throws IOException in one line, if it is none
   */
  public static Subject of(String key) throws IOException {
    if (key.equals(RUN_KEY)) {
      return RUN;
    }
    if (key.matches(CHAMBER_KEY + "[0-9]{1,2}")) {
      int chamber = Integer.parseInt(key.substring(CHAMBER_KEY.length()));
      if (chamber < DetectorDescription.MAX_CHAMBERS) {
        return new Subject(chamber);
      }
    }
    throw new IOException(
        "subject is '" + OneLine.of(key) + "', expected run, or chamber-0 to chamber-15");
  }

  @Override
  public int compareTo(Subject other) {
    return Integer.compare(chamber, other.chamber);
  }

  @Override
  public String toString() {
    return isRun() ? "run" : "chamber " + chamber;
  }
}
