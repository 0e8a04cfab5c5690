package org.driftwatch.viewer.view;

/** The keys that enlarge a chamber: the function keys, then those with Shift. */
public final class ChamberKeys {
  /** Chambers that have a function key without Shift. */
  public static final int PLAIN = 12;

  private ChamberKeys() {}

  /** A chamber's key in words. */
  public static String key(int chamber) {
    return chamber < PLAIN ? functionKey(chamber) : "Shift+" + functionKey(chamber);
  }

  /** The keys of chambers in a row in words, all of them with Shift or none. */
  public static String keys(int first, int last) {
    return key(first) + " – " + functionKey(last);
  }

  private static String functionKey(int chamber) {
    return "F" + (chamber % PLAIN + 1);
  }

  /** A chamber's key as Swing writes key strokes. */
  public static String stroke(int chamber) {
    return key(chamber).replace("Shift+", "shift ");
  }
}
