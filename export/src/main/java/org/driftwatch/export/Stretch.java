package org.driftwatch.export;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.driftwatch.detector.WindowSummary;

/**
 * Which windows are added up.
 *
 * @param from the first start of a window, if there is a limit
 * @param to the first start that is no longer of it, if there is a limit
 * @param last how long before the end of the newest window, if that is asked for
 * @param run the run that all records of a window are of, if only one is asked for
 */
public record Stretch(
    Optional<Instant> from, Optional<Instant> to, Optional<Duration> last, OptionalLong run) {

  /** All there is. */
  public static final Stretch ALL =
      new Stretch(Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());

  /** The same, counted back from the newest window: of so long, that one included. */
  Stretch with(Instant newestStart) {
    return last.isEmpty()
        ? this
        : new Stretch(
            Optional.of(newestStart.minus(last.get()).plusMillis(1)), to, Optional.empty(), run);
  }

  boolean has(Instant start) {
    return from.stream().noneMatch(start::isBefore) && to.stream().allMatch(start::isBefore);
  }

  boolean has(WindowSummary window) {
    return run.isEmpty() || window.runs().equals(List.of(run.getAsLong()));
  }
}
