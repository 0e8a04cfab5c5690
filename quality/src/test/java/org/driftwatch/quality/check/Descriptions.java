package org.driftwatch.quality.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.driftwatch.detector.DetectorDescription;

/** Descriptions that come with Driftwatch. */
final class Descriptions {
  private Descriptions() {}

  static DetectorDescription twoStations() {
    try {
      return DetectorDescription.load("two-stations");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
