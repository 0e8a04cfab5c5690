package org.driftwatch.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.driftwatch.benchmarks.report.Measurements.Measured;

/**
 * The measurements as text: the same lines for the terminal and for the file. In the file they
 * stand between two marks, and what is written by hand around these stays.
 */
public final class Report {
  private static final String BEGIN = "<!-- measured: written by make bench -->";
  private static final String END = "<!-- end of what was measured -->";

  private final List<String> lines = new ArrayList<>();

  /**
   * A report.
   *
   * @param sections headings, in order; those without a measurement are left out
   * @param how how long and how often was measured, a sentence
   */
  public Report(Measurements measurements, List<Target> targets, List<String> sections, String how)
      throws IOException {
    lines.addAll(about(how));
    if (!targets.isEmpty()) {
      targets(targets);
    }
    for (String section : sections) {
      List<Measured> measured = measurements.of(section);
      List<String> text = measurements.texts(section);
      if (!measured.isEmpty() || !text.isEmpty()) {
        section(section, measured);
        lines.addAll(text);
      }
    }
  }

  /** On what, with what and how it was measured; a line each. */
  public static List<String> about(String how) throws IOException {
    List<String> about = new ArrayList<>(Machine.lines());
    about.add("Date: " + LocalDate.now(ZoneOffset.UTC) + ". " + how);
    return about;
  }

  /** Core-seconds stolen from this machine since it was started; NaN where that is not known. */
  public static double stolenSeconds() throws IOException {
    return Machine.stolenSeconds();
  }

  private void targets(List<Target> targets) {
    heading("Targets");
    Table table = new Table("measure", "", "target", "reached");
    for (Target target : targets) {
      table.row(
          target.what(),
          target.isMet() ? "met" : "missed",
          (target.most() ? "<= " : ">= ") + Table.number(target.wanted()),
          Table.number(target.reached()));
    }
    lines.addAll(table.lines());
  }

  private void section(String section, List<Measured> measured) {
    heading(section);
    if (measured.isEmpty()) {
      return;
    }
    Table table = new Table("what", "measure", "median", "least", "most", "of");
    for (Measured one : measured) {
      table.row(
          one.key().subject(),
          one.key().quantity(),
          Table.number(one.median()),
          Table.number(one.least()),
          Table.number(one.most()),
          Integer.toString(one.values().size()));
    }
    lines.addAll(table.lines());
  }

  private void heading(String text) {
    lines.add("");
    lines.add("### " + text);
    lines.add("");
  }

  /** The lines. */
  public List<String> lines() {
    return lines;
  }

  /**
   * Writes the lines into a file, in place of those that were there; the rest of it stays.
   *
   * @throws IOException where it cannot be written, or has lost its marks
   */
  public void writeInto(Path file) throws IOException {
    String text =
        Files.exists(file)
            ? Files.readString(file)
            : "# Benchmarks\n\n" + BEGIN + "\n" + END + "\n";
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(
          file + " lacks the lines \"" + BEGIN + "\" and \"" + END + "\" between which to write");
    }
    Files.writeString(
        file,
        text.substring(0, begin + BEGIN.length())
            + "\n\n"
            + String.join("\n", lines)
            + "\n\n"
            + text.substring(end));
  }
}
