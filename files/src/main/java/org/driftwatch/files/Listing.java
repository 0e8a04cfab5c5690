package org.driftwatch.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is read of a folder, bucket or container: files named {@code .csv}, {@code .txt}, {@code
 * .dat}, {@code .bin} or {@code .jsonl}, or such with {@code .gz}, in name order. Others, such as a
 * README, are reported and skipped; hidden ones are skipped.
 */
public final class Listing {
  private static final String READ = ".csv, .txt, .dat, .bin or .jsonl";
  private static final int NAMED = 3;

  private Listing() {}

  /**
   * Chooses the files to read.
   *
   * @param place folder, bucket or container, as the user named it
   * @param names those found there, in any order
   * @param lines takes the line about those skipped
   * @return the names to read, in order
   * @throws IOException if there is none
   */
  public static List<String> choose(String place, List<String> names, Consumer<String> lines)
      throws IOException {
    List<String> taken = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    for (String name : names) {
      if (!name.substring(name.lastIndexOf('/') + 1).startsWith(".")) {
        (FileLayout.isNamed(name) ? taken : foreign).add(name);
      }
    }
    taken.sort(Comparator.naturalOrder());
    foreign.sort(Comparator.naturalOrder());
    if (taken.isEmpty()) {
      throw new IOException(
          "source "
              + place
              + (foreign.isEmpty()
                  ? " holds no files"
                  : " holds no " + READ + " file (also with .gz), only " + some(foreign)));
    }
    if (!foreign.isEmpty()) {
      lines.accept(
          "source " + place + ": skipped, not " + READ + " (also with .gz): " + some(foreign));
    }
    return taken;
  }

  private static String some(List<String> names) {
    int more = names.size() - NAMED;
    return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
