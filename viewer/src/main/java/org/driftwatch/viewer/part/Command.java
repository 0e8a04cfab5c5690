package org.driftwatch.viewer.part;

/**
 * A command, run by its key or from its menu.
 *
 * @param group where it is listed
 * @param words what it does; empty if it is not listed
 * @param stroke its key, as {@link javax.swing.KeyStroke#getKeyStroke(String)} reads it
 * @param key its key in words
 * @param action does it, on the event thread
 */
public record Command(Group group, String words, String stroke, String key, Runnable action) {
  /** Where commands are listed. */
  public enum Group {
    /** What is shown. */
    VIEW("View"),
    /** Which windows. */
    TIME("Time"),
    /** Alarms. */
    ALARMS("Alarms"),
    /** Single muons. */
    EVENTS("Events"),
    /** Files. */
    SAVE("Save"),
    /** References. */
    REFERENCE("Reference"),
    /** The program. */
    PROGRAM("More");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    /** Its name. */
    public String title() {
      return title;
    }
  }
}
