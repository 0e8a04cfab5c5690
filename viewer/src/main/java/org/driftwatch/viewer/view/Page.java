package org.driftwatch.viewer.view;

/** What fills the window. */
public enum Page {
  /** The state of everything. */
  OVERVIEW("Overview", "1"),
  /** Every histogram. */
  CHAMBERS("Chambers", "2"),
  /** Alarms, with what can be done about them. */
  ALARMS("Alarms", "3");

  private final String title;
  private final String key;

  Page(String title, String key) {
    this.title = title;
    this.key = key;
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
