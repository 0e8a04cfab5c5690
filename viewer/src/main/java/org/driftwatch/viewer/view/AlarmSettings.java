package org.driftwatch.viewer.view;

/**
 * How this viewer calls, and who sits at it. Immutable.
 *
 * @param name who acknowledges here; empty before the first time
 * @param sound true for a sound on a new alarm
 * @param notice true for a notice on the desktop
 */
public record AlarmSettings(String name, boolean sound, boolean notice) {
  /** Silent, and nobody known. */
  public static final AlarmSettings SILENT = new AlarmSettings("", false, false);

  /** The same with another name. */
  public AlarmSettings named(String other) {
    return new AlarmSettings(other, sound, notice);
  }

  /** The same with sound or without. */
  public AlarmSettings withSound(boolean on) {
    return new AlarmSettings(name, on, notice);
  }

  /** The same with notices or without. */
  public AlarmSettings withNotice(boolean on) {
    return new AlarmSettings(name, sound, on);
  }
}
