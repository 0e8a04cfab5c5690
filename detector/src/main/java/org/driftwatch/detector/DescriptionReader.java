package org.driftwatch.detector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.Channel;
import org.driftwatch.detector.DetectorDescription.Clock;
import org.driftwatch.detector.DetectorDescription.Expected;
import org.driftwatch.detector.DetectorDescription.Format;

/**
 * Reads detector descriptions and checks them completely; see {@link DetectorDescription}. What is
 * wrong with one is an IOException of one line.
 */
final class DescriptionReader {
  private static final List<String> SHIPPED =
      List.of("course", "daq-blocks", "daq-text", "two-stations");

  /** The largest detector, channel by channel, is a tenth of it. */
  private static final int MAX_BYTES = 4 << 20;

  private static final int LONGEST_NAME = 100;
  private static final int MAX_SCINTILLATORS = 64;

  /** Chambers that a run configuration had. */
  private static final int CHAMBERS_OF_A_RUN_CONFIGURATION = 4;

  private DescriptionReader() {}

  /** Names of the descriptions that come with Driftwatch. */
  static List<String> shippedNames() {
    return SHIPPED;
  }

  /** One of {@link #shippedNames}. */
  static DetectorDescription shipped(String name) {
    try (InputStream in =
        DescriptionReader.class.getResourceAsStream("detectors/" + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("detectors/" + name + ".json is missing from the program");
      }
      return read(name, in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Reads a file, or the shipped description of this name where there is no such file. */
  static DetectorDescription load(String file) throws IOException {
    Path path;
    try {
      path = Path.of(file);
    } catch (InvalidPathException e) {
      throw new IOException(document(file) + ": " + OneLine.of(e.getReason()), e);
    }
    boolean isFile = Files.exists(path) && !Files.isDirectory(path);
    return SHIPPED.contains(file) && !isFile ? shipped(file) : read(file, content(path));
  }

  private static byte[] content(Path file) throws IOException {
    String document = document(file.toString());
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new IOException(
          document + " does not exist; expected a file, or one of " + String.join(", ", SHIPPED),
          e);
    } catch (AccessDeniedException e) {
      throw new IOException(document + ": this user may not read it", e);
    } catch (IOException e) {
      throw new IOException(document + ": " + OneLine.of(String.valueOf(e.getMessage())), e);
    }
  }

  private static String document(String file) {
    return "detector description " + OneLine.of(file);
  }

  /**
   * Reads a description.
   *
   * @param where the file, for messages
   */
  static DetectorDescription read(String where, byte[] json) throws IOException {
    if (json.length > MAX_BYTES) {
      throw new IOException(document(where) + " is longer than " + MAX_BYTES + " bytes");
    }
    JsonCursor root = JsonCursor.of(document(where), json);
    return isRunConfiguration(root) ? runConfiguration(root) : description(root);
  }

  private static DetectorDescription description(JsonCursor root) throws IOException {
    root.object(
        "$schema",
        "name",
        "clock",
        "record",
        "chambers",
        "scintillators",
        "cellWidthMm",
        "cellHeightMm",
        "driftVelocityUmPerNs",
        "maxDriftNs",
        "expected");
    Clock clock = clock(root.get("clock"));
    FormatReader records = new FormatReader(clock);
    Format format = records.read(root.get("record"));
    List<JsonCursor> scintillators =
        root.get("scintillators").list(0, MAX_SCINTILLATORS, "scintillators");
    ChamberReader reader = new ChamberReader(format, records.boardWord(), !scintillators.isEmpty());
    List<Channel> channels = new ArrayList<>();
    for (JsonCursor scintillator : scintillators) {
      channels.add(reader.scintillator(scintillator));
    }
    List<Chamber> chambers = new ArrayList<>();
    for (JsonCursor chamber :
        root.get("chambers").list(1, DetectorDescription.MAX_CHAMBERS, "chambers")) {
      chambers.add(reader.chamber(chamber));
    }
    return detector(
        root, clock, format, chambers, channels, expected(root.get("expected"), chambers.size()));
  }

  private static Clock clock(JsonCursor clock) throws IOException {
    clock.object("crossingNs", "crossingsPerOrbit", "ticksPerCrossing", "orbitBits");
    return new Clock(
        clock.get("crossingNs").decimal("a number of ns", "0.000001", "1000000", 6),
        clock.get("crossingsPerOrbit").whole(1, 1 << 20),
        clock.get("ticksPerCrossing").whole(1, 1 << 16),
        clock.get("orbitBits").whole(8, 64));
  }

  private static DetectorDescription detector(
      JsonCursor root,
      Clock clock,
      Format format,
      List<Chamber> chambers,
      List<Channel> scintillators,
      Expected expected)
      throws IOException {
    return new DetectorDescription(
        root.get("name").text(LONGEST_NAME),
        clock,
        format,
        chambers,
        scintillators,
        positive(root.get("cellWidthMm"), "mm"),
        positive(root.get("cellHeightMm"), "mm"),
        positive(root.get("driftVelocityUmPerNs"), "um/ns"),
        positive(root.get("maxDriftNs"), "ns"),
        expected);
  }

  /** How hits are shared; all of it may be left out. */
  private static Expected expected(JsonCursor expected, int chambers) throws IOException {
    if (expected.isMissing()) {
      return Expected.UNKNOWN;
    }
    expected.object("chamberShares", "scintillatorShare");
    List<Double> shares = new ArrayList<>();
    for (JsonCursor share :
        expected.get("chamberShares").orEmpty().list(0, chambers, "shares, one per chamber")) {
      shares.add(share(share));
    }
    if (!shares.isEmpty() && shares.size() < chambers) {
      throw expected.get("chamberShares").expected(chambers + " shares, one per chamber");
    }
    return new Expected(shares, share(expected.get("scintillatorShare").or(0)));
  }

  private static double share(JsonCursor share) throws IOException {
    return share.number("a share", "0", "1");
  }

  private static double positive(JsonCursor value, String unit) throws IOException {
    return value.number("a number of " + unit, "0.000001", "1000000");
  }

  /** A file as earlier versions had it: chambers of the course's detector, and no more. */
  private static boolean isRunConfiguration(JsonCursor root) {
    return root.get("clock").isMissing()
        && root.get("record").isMissing()
        && !root.get("scintillator").isMissing();
  }

  private static DetectorDescription runConfiguration(JsonCursor root) throws IOException {
    root.object(
        "name",
        "chambers",
        "scintillator",
        "cellWidthMm",
        "cellHeightMm",
        "driftVelocityUmPerNs",
        "maxDriftNs");
    DetectorDescription course = shipped("course");
    ChamberReader reader = new ChamberReader(course.format(), "fpga", true);
    Channel scintillator = reader.scintillatorOfARunConfiguration(root.get("scintillator"));
    List<Chamber> chambers = new ArrayList<>();
    for (JsonCursor chamber :
        root.get("chambers")
            .list(CHAMBERS_OF_A_RUN_CONFIGURATION, CHAMBERS_OF_A_RUN_CONFIGURATION, "chambers")) {
      chambers.add(
          reader.chamberOfARunConfiguration(chamber, String.valueOf(chambers.size()), course));
    }
    return detector(
        root, course.clock(), course.format(), chambers, List.of(scintillator), course.expected());
  }
}
