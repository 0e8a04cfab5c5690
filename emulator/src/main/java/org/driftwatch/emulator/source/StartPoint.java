package org.driftwatch.emulator.source;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.driftwatch.files.InputFile;

/**
 * Where in a list of files to begin.
 *
 * @param file index of the first file to play
 * @param row its first row to play, from 1: header lines and unreadable rows are not counted, as
 *     they are not in what is sent
 */
public record StartPoint(int file, long row) {
  /** The first row of the first file. */
  public static final StartPoint FIRST = new StartPoint(0, 1);

  private static final Pattern NAME_AND_ROW = Pattern.compile("(.+):(\\d{1,18})");

  /**
   * The place that a text names.
   *
   * @param text {@code name} or {@code name:row}; the file by its whole name or by the last part of
   *     it
   * @throws IOException if no file or several are named so, or the row is below 1
   */
  public static StartPoint of(String text, List<InputFile> files) throws IOException {
    List<String> names = files.stream().map(InputFile::name).toList();
    List<Integer> found = named(text, names);
    long row = 1;
    Matcher parts = NAME_AND_ROW.matcher(text);
    if (found.isEmpty() && parts.matches()) {
      found = named(parts.group(1), names);
      row = Long.parseLong(parts.group(2));
    }
    if (found.isEmpty()) {
      throw new IOException(
          "--from "
              + text
              + ": the source has no file of this name, expected one of "
              + names.get(0)
              + (names.size() > 1 ? " to " + names.get(names.size() - 1) : ""));
    }
    if (found.size() > 1) {
      throw new IOException(
          "--from "
              + text
              + ": the source has "
              + found.size()
              + " files of this name, expected a whole name such as "
              + names.get(found.get(0)));
    }
    if (row < 1) {
      throw new IOException("--from " + text + ": rows are counted from 1");
    }
    return new StartPoint(found.get(0), row);
  }

  private static List<Integer> named(String name, List<String> names) {
    int whole = names.indexOf(name);
    if (whole >= 0) {
      return List.of(whole);
    }
    return IntStream.range(0, names.size())
        .filter(i -> names.get(i).endsWith("/" + name))
        .boxed()
        .toList();
  }
}
