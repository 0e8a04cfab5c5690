package org.driftwatch.quality.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
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

  /** The course's detector, without its scintillator. */
  static DetectorDescription withoutScintillators() {
    DetectorDescription course = DetectorDescription.course();
    return new DetectorDescription(
        course.name(),
        course.clock(),
        course.format(),
        course.chambers(),
        List.of(),
        course.cellWidthMm(),
        course.cellHeightMm(),
        course.driftVelocityUmPerNs(),
        course.maxDriftNs(),
        course.expected());
  }
}
