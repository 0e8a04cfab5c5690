package org.driftwatch.emulator.faults;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * What was injected: totals, and a line of JSON for each if a file is given. Safe for use by
 * several threads.
 */
final class InjectionLog implements AutoCloseable {
  private final Path file;
  private final BufferedWriter out;
  private final Map<String, Long> totals = new TreeMap<>();
  private IOException failure;

  /** An empty log of totals only. */
  InjectionLog() {
    file = null;
    out = null;
  }

  /**
   * An empty log.
   *
   * @param file is written anew; null for totals only
   * @throws IOException if the file cannot be written, with one line that says so
   */
  InjectionLog(Path file) throws IOException {
    this.file = file;
    try {
      out = file == null ? null : Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IOException("--inject-log " + file + " cannot be written: " + e, e);
    }
  }

  /** Counts one more of a kind. */
  void count(String label) {
    count(label, 1);
  }

  /** Counts so many more of a kind; a kind is in the totals even with none. */
  synchronized void count(String label, long more) {
    totals.merge(label, more, Long::sum);
  }

  /** A line about one, without a place in the topic. */
  void line(String label, long row, String fields) {
    write("{\"kind\":\"" + label + "\",\"row\":" + row + fields + "}\n");
  }

  /**
   * A line about a record.
   *
   * @param place where it was stored; null if it was not
   */
  void line(String label, long row, long timestamp, String fields, RecordMetadata place) {
    line(
        label,
        row,
        ",\"timestamp\":"
            + timestamp
            + fields
            + (place == null
                ? ",\"failed\":true"
                : ",\"partition\":" + place.partition() + ",\"offset\":" + place.offset()));
  }

  private synchronized void write(String line) {
    if (out == null || failure != null) {
      return;
    }
    try {
      out.write(line);
    } catch (IOException e) {
      failure = e;
    }
  }

  /** How many of each kind, in words. */
  synchronized String totals() {
    if (totals.isEmpty()) {
      return "nothing";
    }
    StringBuilder text = new StringBuilder();
    totals.forEach(
        (label, count) -> text.append(text.isEmpty() ? "" : ", ").append(label + " " + count));
    return text.toString();
  }

  /**
   * Ends the file.
   *
   * @throws IOException if writing it failed, now or before
   */
  @Override
  public synchronized void close() throws IOException {
    if (out == null) {
      return;
    }
    try {
      out.close();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
    if (failure != null) {
      throw new IOException("--inject-log " + file + " broke off: " + failure, failure);
    }
  }
}
