package org.driftwatch.pipelines.restart;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.concurrent.ExecutionException;

/**
 * Where a run begins that finds nothing published before it.
 *
 * @param from {@code earliest}, {@code latest} or a time, in words
 * @param search asks the stream
 */
public record FirstStart(String from, Search search) {

  /** Asks a stream for the starting point. */
  public interface Search {
    /** The starting point in this stream. */
    StartingPoint in(StartingPoint.Finder stream) throws ExecutionException, InterruptedException;
  }

  /**
   * Reads the words a user would say.
   *
   * @param from {@code earliest}, {@code latest} or a time as in ISO 8601, with its zone
   * @throws DateTimeParseException where it is none of these
   */
  public static FirstStart parse(String from) {
    return switch (from) {
      case "earliest" -> new FirstStart(from, StartingPoint.Finder::earliest);
      case "latest" -> new FirstStart(from, StartingPoint.Finder::latest);
      default -> {
        long time = millis(from);
        yield new FirstStart(from, stream -> stream.at(time));
      }
    };
  }

  private static long millis(String time) {
    try {
      return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    } catch (ArithmeticException e) {
      throw new DateTimeParseException("beyond what milliseconds tell", time, 0, e);
    }
  }
}
