package org.driftwatch.emulator.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is played of a folder, bucket or container: files named {@code .csv}, {@code .txt}, {@code
 * .dat}, {@code .bin} or {@code .jsonl}, or such with {@code .gz}, in name order. Others, such as a
 * README, are reported and skipped; hidden ones are skipped.
 */
public final class Listing {
  private static final String PLAYED = ".csv, .txt, .dat, .bin or .jsonl";
  private static final int NAMED = 3;

  private Listing() {}

  /**
   * Chooses the files to play.
   *
   * @param place folder, bucket or container, as the user named it
   * @param names those found there, in any order
   * @param lines takes the line about those skipped
   * @return the names to play, in order
   * @throws IOException if there is none
   */
  public static List<String> choose(String place, List<String> names, Consumer<String> lines)
      throws IOException {
    List<String> played = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    for (String name : names) {
      if (!name.substring(name.lastIndexOf('/') + 1).startsWith(".")) {
        (isPlayed(name) ? played : foreign).add(name);
      }
    }
    played.sort(Comparator.naturalOrder());
    foreign.sort(Comparator.naturalOrder());
    if (played.isEmpty()) {
      throw new IOException(
          "source "
              + place
              + (foreign.isEmpty()
                  ? " holds no files"
                  : " holds no " + PLAYED + " file (also with .gz), only " + some(foreign)));
    }
    if (!foreign.isEmpty()) {
      lines.accept(
          "source " + place + ": skipped, not " + PLAYED + " (also with .gz): " + some(foreign));
    }
    return played;
  }

  /** True if a name's ending is one of a file that is played. */
  public static boolean isPlayed(String name) {
    return FileKind.isNamed(name);
  }

  private static String some(List<String> names) {
    int more = names.size() - NAMED;
    return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
