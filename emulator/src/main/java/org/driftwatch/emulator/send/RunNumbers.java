package org.driftwatch.emulator.send;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.driftwatch.detector.OneLine;
import org.driftwatch.detector.RecordSink;
import org.driftwatch.emulator.source.RowBatch;

/**
 * Which run a row is of: that which its source says, else one of these, the next of which begins at
 * its time. Written {@code 591,592@30s}: times count from the first row. Not safe for use by
 * several threads.
 */
public final class RunNumbers {
  private static final Pattern STEP =
      Pattern.compile("(\\d{1,18})(?:\\s*@\\s*(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h))?");

  private final List<Step> steps;
  private boolean started;
  private long start;

  /** A run and when it begins, ms after the first row. */
  private record Step(long number, long fromMs) {}

  private RunNumbers(List<Step> steps) {
    this.steps = steps;
  }

  /**
   * Reads run numbers.
   *
   * @throws IllegalArgumentException if they are not understood, with one line that says so
   */
  public static RunNumbers parse(String text) {
    List<Step> steps = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher step = STEP.matcher(part.strip());
      if (!step.matches() || step.group(2) == null != steps.isEmpty()) {
        throw new IllegalArgumentException(
            "\""
                + OneLine.of(part.strip())
                + "\": expected a run number, 0 or more, and each further one with the time at"
                + " which it begins, as in 591,592@30s");
      }
      long from =
          steps.isEmpty() ? 0 : (long) (Double.parseDouble(step.group(2)) * unit(step.group(3)));
      if (!steps.isEmpty() && from <= steps.get(steps.size() - 1).fromMs) {
        throw new IllegalArgumentException(
            "\"" + part.strip() + "\": expected a time after that of the run before");
      }
      steps.add(new Step(Long.parseLong(step.group(1)), from));
    }
    return new RunNumbers(List.copyOf(steps));
  }

  private static double unit(String name) {
    return switch (name) {
      case "s" -> 1000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 1;
    };
  }

  /** The largest number. */
  public long largest() {
    return steps.stream().mapToLong(Step::number).max().orElse(0);
  }

  /**
   * The run of row i of the batch.
   *
   * @param due when the row is due, ms since 1970
   */
  public long of(RowBatch batch, int i, long due) {
    if (!started) {
      started = true;
      start = due;
    }
    long known = batch.run(i);
    return known == RecordSink.NO_RUN ? at(due) : known;
  }

  /** The run at this time, ms since 1970, after the first row. */
  public long at(long due) {
    int step = steps.size() - 1;
    while (step > 0 && due - start < steps.get(step).fromMs) {
      step--;
    }
    return steps.get(step).number;
  }
}
