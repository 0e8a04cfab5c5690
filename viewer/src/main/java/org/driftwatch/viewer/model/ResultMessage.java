package org.driftwatch.viewer.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;

/** What one message of the results topic means. */
public sealed interface ResultMessage {
  /** A summary that replaces the window of its start. */
  record Window(PackedWindow window) implements ResultMessage {}

  /** A deleted key: a message without value. */
  record Deleted(Instant windowStart) implements ResultMessage {}

  /** Not readable. */
  record Malformed(String reason) implements ResultMessage {}

  /**
   * Reads a message. The key is the window's start and must agree with the value; a message without
   * key, as a foreign producer may send to a topic that is not compacted, is taken by its value.
   * From any thread.
   *
   * @param key UTF-8 ISO-8601 instant, or null
   * @param value JSON, in an array, or null for a deleted key
   * @param only the detector whose results alone are wanted; empty for any
   */
  static ResultMessage read(byte[] key, ByteBuffer value, Optional<Detector> only) {
    ResultMessage message = read(key, value);
    if (message instanceof Window window) {
      Optional<String> objection = only.flatMap(d -> d.objection(window.window().channels()));
      return objection.isPresent() ? new Malformed(objection.get()) : message;
    }
    return message;
  }

  /** Reads a message of any detector. */
  static ResultMessage read(byte[] key, ByteBuffer value) {
    SummaryScanner scanner = SummaryScanner.ofThisThread();
    Optional<PackedWindow> scanned = value == null ? Optional.empty() : scanner.scan(value);
    if (scanned.isPresent() && (key == null || scanner.isKey(key))) {
      return new Window(scanned.get());
    }
    Optional<Instant> keyStart;
    try {
      keyStart = Optional.ofNullable(key).map(ResultMessage::start);
    } catch (DateTimeException | ArithmeticException e) {
      return new Malformed(
          "key is not a window start, expected ISO-8601 UTC such as 2026-11-20T20:36:46.000Z");
    }
    if (value == null && keyStart.isPresent()) {
      return new Deleted(keyStart.get());
    }
    if (scanned.isPresent() && keyStart.equals(scanned.map(PackedWindow::start))) {
      return new Window(scanned.get());
    }
    try {
      WindowSummary summary = SummaryJson.read(value == null ? null : bytes(value));
      if (summary.window().isEmpty()) {
        return new Malformed("window is null, as in a static batch; expected its start and end");
      }
      Instant start = summary.window().get().start();
      if (keyStart.isPresent() && !keyStart.get().equals(start)) {
        return new Malformed("key " + keyStart.get() + " is not the window's start " + start);
      }
      // Other bins than one per channel cannot be added up or drawn: refused here.
      PackedWindow window = PackedWindow.of(summary);
      scanner.expect(window.channels());
      return new Window(window);
    } catch (SummaryJson.FormatException | IllegalArgumentException e) {
      return new Malformed(e.getMessage());
    }
  }

  private static byte[] bytes(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return bytes;
  }

  /** A window's start, which is kept in milliseconds: what they cannot tell is none. */
  private static Instant start(byte[] key) {
    Instant start = Instant.parse(new String(key, StandardCharsets.UTF_8));
    if (!start.equals(Instant.ofEpochMilli(start.toEpochMilli()))) {
      throw new DateTimeException("finer than milliseconds");
    }
    return start;
  }
}
