package org.driftwatch.quality;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.driftwatch.detector.OneLine;

/** What is looked at. The order is that of screens: what stops everything comes first. */
public enum Check {
  /** The worst of the subject's other checks. */
  OVERALL("overall", "overall"),
  /** Whether results come: source, pipeline and Kafka told apart. */
  RESULTS("results", "results"),
  /** Whether the records fit the detector's description. */
  DESCRIPTION("description", "detector description"),
  /** Whether there are hits at all where some are expected. */
  HITS("hits", "hits"),
  /** The rate of hits, against the description, the reference and before. */
  RATE("rate", "rate"),
  /** The rate of scintillator hits, likewise. */
  SCINTILLATOR("scintillator", "scintillator"),
  /** A chamber's share of all hits. */
  SHARE("share", "share of hits"),
  /** Chambers whose cells count as those of another one did: exchanged cables. */
  CABLING("cabling", "cabling"),
  /** Layers that count too little. */
  LAYERS("layers", "dead layers"),
  /** Cells that count too little. */
  DEAD_CELLS("dead-cells", "dead cells"),
  /** Cells that count too much. */
  NOISY_CELLS("noisy-cells", "noisy cells"),
  /** The muons' peak at as many active channels as there are layers. */
  MUON_PEAK("muon-peak", "muon peak"),
  /** The edges of the drift-time box, and t0 with them. */
  DRIFT_BOX("drift-box", "drift box"),
  /** How many hits a chamber's cells have where muons crossed them. */
  EFFICIENCY("efficiency", "efficiency"),
  /** The drift velocity that muon segments have. */
  DRIFT_VELOCITY("drift-velocity", "drift velocity"),
  /** When muons pass, against the scintillator or the other chambers. */
  T0("t0", "t0"),
  /** The error of a single hit. */
  RESOLUTION("resolution", "resolution"),
  /** Whether chambers are where the description has them, by muons that cross several. */
  ALIGNMENT("alignment", "alignment"),
  /** Malformed records. */
  MALFORMED("malformed", "malformed records"),
  /** Late records. */
  LATE("late", "late records"),
  /** Records that were dropped, too late or with an impossible timestamp. */
  DROPPED("dropped", "dropped records"),
  /** Hits of no chamber. */
  OTHER_HITS("other-hits", "other hits"),
  /** Windows whose records had been deleted before they were read. */
  INCOMPLETE("incomplete", "complete windows"),
  /** Results that are held back, clocks that are wrong. */
  DELAY("delay", "delay");

  private final String key;
  private final String title;

  Check(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /** As the topics spell it. */
  public String key() {
    return key;
  }

  /** In words. */
  public String title() {
    return title;
  }

  /**
   * Reads a key.
   *
   * @throws IOException in one line, if there is no such check
   */
  public static Check of(String key) throws IOException {
    for (Check check : values()) {
      if (check.key.equals(key)) {
        return check;
      }
    }
    throw new IOException(
        "check is '"
            + OneLine.of(key)
            + "', expected one of "
            + Arrays.stream(values()).map(Check::key).collect(Collectors.joining(", ")));
  }
}
