package org.driftwatch.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.driftwatch.detector.DetectorDescription;

/** Detector descriptions to play with. */
public final class Descriptions {
  private Descriptions() {}

  /** Those that are shipped. */
  public static List<DetectorDescription> shipped() throws IOException {
    List<DetectorDescription> detectors = new ArrayList<>();
    for (String name : DetectorDescription.shippedNames()) {
      detectors.add(DetectorDescription.load(name));
    }
    return detectors;
  }

  /** A shipped one whose text is changed, as a file in the folder. */
  public static Path file(Path folder, String name, UnaryOperator<String> change)
      throws IOException {
    try (InputStream in =
        DetectorDescription.class.getResourceAsStream("detectors/" + name + ".json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String changed = change.apply(text);
      if (changed.equals(text)) {
        throw new IllegalArgumentException("nothing is changed in " + name);
      }
      return Files.writeString(Files.createTempFile(folder, name, ".json"), changed);
    }
  }

  /**
   * One of this text.
   *
   * @param fields what stands in {@code record.fields}
   * @param format what else stands in {@code record}
   */
  public static DetectorDescription of(
      Path folder,
      String name,
      String clock,
      String fields,
      String format,
      String chambers,
      String scintillators)
      throws IOException {
    String text =
        """
        {"name": "%s", "clock": %s, "record": {"fields": [%s]%s}, "chambers": [%s],
         "scintillators": [%s], "cellWidthMm": 42, "cellHeightMm": 13,
         "driftVelocityUmPerNs": 53.8, "maxDriftNs": 390}
        """
            .formatted(
                name,
                clock,
                fields,
                format.isEmpty() ? "" : ", " + format,
                chambers,
                scintillators);
    Path file = Files.writeString(Files.createTempFile(folder, name, ".json"), text);
    return DetectorDescription.load(file.toString());
  }

  /** A shipped one whose text is changed. */
  public static DetectorDescription changed(Path folder, String name, UnaryOperator<String> change)
      throws IOException {
    return DetectorDescription.load(file(folder, name, change).toString());
  }
}
