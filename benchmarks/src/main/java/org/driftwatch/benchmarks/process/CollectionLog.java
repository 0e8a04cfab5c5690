package org.driftwatch.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM's log of garbage collections ({@code -Xlog:gc} with epoch milliseconds): how much was
 * allocated, which is what the heap grew by from the end of one collection to the start of the
 * next.
 *
 * @param collections in their order
 */
public record CollectionLog(List<Collection> collections) {
  private static final Pattern LINE =
      Pattern.compile("\\[(\\d+)ms\\].* (\\d+)([KMG])->(\\d+)([KMG])\\(\\d+[KMG]\\).*");

  /**
   * One collection.
   *
   * @param at when it ended
   * @param before bytes in the heap when it began
   * @param after bytes in the heap when it ended
   */
  public record Collection(Instant at, long before, long after) {}

  static CollectionLog read(Path file) throws IOException {
    List<Collection> collections = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        Matcher found = LINE.matcher(line);
        if (found.matches()) {
          collections.add(
              new Collection(
                  Instant.ofEpochMilli(Long.parseLong(found.group(1))),
                  bytes(found.group(2), found.group(3)),
                  bytes(found.group(4), found.group(5))));
        }
      }
    }
    return new CollectionLog(collections);
  }

  private static long bytes(String number, String unit) {
    return Long.parseLong(number) << (10 * ("KMG".indexOf(unit) + 1));
  }

  /** Bytes allocated from the start of the JVM to the last collection not after this time. */
  public long allocatedUntil(Instant end) {
    long bytes = 0;
    long after = 0;
    for (Collection collection : collections) {
      if (collection.at().isAfter(end)) {
        break;
      }
      bytes += Math.max(0, collection.before() - after);
      after = collection.after();
    }
    return bytes;
  }
}
