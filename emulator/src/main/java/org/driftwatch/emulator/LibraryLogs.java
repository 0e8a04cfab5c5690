package org.driftwatch.emulator;

/** Keeps the libraries' logs out of a shared terminal: errors only, on stderr. */
final class LibraryLogs {
  private static final String PROPERTY = "log4j2.configurationFile";

  private LibraryLogs() {}

  /** Takes effect when called before the first logger is made; a setting of the user's holds. */
  static void quiet() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, "classpath:org/driftwatch/emulator/log4j2.properties");
    }
  }
}
