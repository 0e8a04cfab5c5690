package org.driftwatch.viewer.view;

/** What fills the window. */
public enum Page {
  /** The state of everything. */
  OVERVIEW("Overview", "1", false),
  /** Every histogram. */
  CHAMBERS("Chambers", "2", true),
  /** Alarms, with what can be done about them. */
  ALARMS("Alarms", "3", false),
  /** Segments of muons in each chamber, and what they tell of it. */
  MUONS("Muons", "4", true),
  /** Single muons: hits, segments and lines. */
  EVENTS("Events", "5", false);

  private final String title;
  private final String key;
  private final boolean isByChamber;

  Page(String title, String key, boolean isByChamber) {
    this.title = title;
    this.key = key;
    this.isByChamber = isByChamber;
  }

  /** True if it shows chambers side by side or one of them large. */
  public boolean isByChamber() {
    return isByChamber;
  }

  /** Its key. */
  public String key() {
    return key;
  }

  /** Name for a button. */
  public String title() {
    return title;
  }
}
