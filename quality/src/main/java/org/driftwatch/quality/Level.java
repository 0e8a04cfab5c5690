package org.driftwatch.quality;

/** How well something is, from best to worst. */
public enum Level {
  /** As it should be. */
  GOOD("good"),
  /** Too few entries to tell. */
  UNDECIDED("not enough yet"),
  /** To be looked at. */
  WARNING("warning"),
  /** Not as it should be. */
  BAD("bad");

  private final String word;

  Level(String word) {
    this.word = word;
  }

  /** In a word. */
  public String word() {
    return word;
  }

  /** True if somebody should look. */
  public boolean alarms() {
    return this == WARNING || this == BAD;
  }

  /** The worse of two. */
  public Level worse(Level other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
