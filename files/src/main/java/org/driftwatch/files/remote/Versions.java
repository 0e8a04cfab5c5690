package org.driftwatch.files.remote;

/** What distinguishes one version of an object from another. */
final class Versions {
  private Versions() {}

  /**
   * The best that the store names: its tag, else the time of the last change.
   *
   * @param tag ETag, or null
   * @param modified Last-Modified, or null
   * @return empty if the store names neither
   */
  static String of(String tag, String modified) {
    if (tag == null) {
      return modified == null ? "" : modified;
    }
    // Some stores leave the quotes out.
    return tag.startsWith("W/") || tag.startsWith("\"") ? tag : '"' + tag + '"';
  }

  /** True if a store can be asked for this version and no other. */
  static boolean isTag(String version) {
    return version.startsWith("\"");
  }
}
