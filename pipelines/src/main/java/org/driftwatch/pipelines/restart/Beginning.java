package org.driftwatch.pipelines.restart;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides where a run begins, and says so in the log. */
public final class Beginning {
  private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);

  /** Clocks of two machines may differ by this much and still both be right, ms. */
  private static final long CLOCKS_DIFFER_MILLIS = 10_000;

  private Beginning() {}

  /**
   * Behind what earlier runs have published; where that is nothing, or windows of another length,
   * or only windows ahead of the clock, as a first start.
   *
   * @param stream the stream to be read, with the length of this run's windows
   * @param results what earlier runs have published
   * @param latenessMillis as in {@link StartingPoint.Finder#behind}
   */
  public static StartingPoint find(
      StartingPoint.Finder stream, PublishedWindows results, long latenessMillis, FirstStart first)
      throws ExecutionException, InterruptedException {
    PublishedWindows.End end =
        results.end(
            stream.goesBackMillis(latenessMillis), stream.clock().millis() + CLOCKS_DIFFER_MILLIS);
    Optional<WindowSummary.Span> latest = end.latest();
    end.latestAhead()
        .ifPresent(
            ahead ->
                LOG.warn(
                    "Ignoring windows of topic {} that end ahead of this machine's clock ({}, the"
                        + " latest {}): a clock was wrong; they are recomputed when their time"
                        + " comes",
                    results.topic(),
                    end.ahead(),
                    SummaryJson.key(ahead.start())));
    StartingPoint start;
    if (latest.isPresent() && stream.hasWindow(latest.get())) {
      start = stream.behind(latest.get().end().toEpochMilli(), latenessMillis);
      LOG.info(
          "Resuming after window {} of {}; recomputing from {} on, as late records may have come",
          SummaryJson.key(latest.get().start()),
          results.topic(),
          key(start.firstWindow()));
    } else {
      start = first.search().in(stream);
      if (latest.isPresent()) {
        LOG.warn(
            "Topic {} holds windows of {} ms, this run's are of {} ms: first start, from {} of {};"
                + " name another topic with --resultsTopic to keep them apart",
            results.topic(),
            Math.round(1000 * latest.get().seconds()),
            stream.windowMillis(),
            first.from(),
            stream.topic());
      } else {
        LOG.info("First start, from {} of {}", first.from(), stream.topic());
      }
    }
    if (start.incompleteBefore() > start.firstWindow()) {
      LOG.warn(
          "Records that were needed have been deleted from {}: windows before {} may be incomplete"
              + " and are marked so",
          stream.topic(),
          key(start.incompleteBefore()));
    }
    return start;
  }

  private static String key(long windowStart) {
    return SummaryJson.key(Instant.ofEpochMilli(windowStart));
  }
}
