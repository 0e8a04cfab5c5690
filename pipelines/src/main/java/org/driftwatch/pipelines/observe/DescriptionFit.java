package org.driftwatch.pipelines.observe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.driftwatch.detector.DetectorDescription;

/**
 * Whether records fit the detector's description, by what the steps have counted of them; and a
 * sentence for a person where they do not at all.
 *
 * @param records parsed, malformed ones not among them
 * @param hits hits among them
 * @param malformed malformed ones
 * @param blocksWithCells blocks in which a hit was of a chamber or scintillator
 * @param hitsWithoutCell hits of blocks in which none was
 * @param heads records that are no hit, by their HEAD
 * @param fits how often records that did not fit were found to fit a description that comes with
 *     Driftwatch, by its name
 */
public record DescriptionFit(
    long records,
    long hits,
    long malformed,
    long blocksWithCells,
    long hitsWithoutCell,
    Map<String, Long> heads,
    Map<String, Long> fits) {

  /** Nothing counted. */
  static final DescriptionFit NONE = new DescriptionFit(0, 0, 0, 0, 0, Map.of(), Map.of());

  private static final int MOST_HEADS = 4;

  static DescriptionFit of(MetricValues measured) {
    Map<String, Long> rejected = measured.counters(PipelineMetrics.REJECTED);
    return new DescriptionFit(
        measured.counter(PipelineMetrics.RECORDS),
        measured.counter(PipelineMetrics.HITS),
        rejected.values().stream().mapToLong(Long::longValue).sum()
            - rejected.getOrDefault(PipelineMetrics.TIMESTAMP, 0L),
        measured.counter(PipelineMetrics.BLOCKS_WITH_CELLS),
        measured.counter(PipelineMetrics.HITS_WITHOUT_CELL),
        measured.counters(PipelineMetrics.HEAD),
        measured.counters(PipelineMetrics.FITS));
  }

  /** The same of what was counted since. */
  DescriptionFit since(DescriptionFit before) {
    return new DescriptionFit(
        records - before.records,
        hits - before.hits,
        malformed - before.malformed,
        blocksWithCells - before.blocksWithCells,
        hitsWithoutCell - before.hitsWithoutCell,
        difference(heads, before.heads),
        difference(fits, before.fits));
  }

  private static Map<String, Long> difference(Map<String, Long> now, Map<String, Long> before) {
    Map<String, Long> since = new TreeMap<>();
    now.forEach((name, count) -> since.put(name, count - before.getOrDefault(name, 0L)));
    since.values().removeIf(count -> count <= 0);
    return since;
  }

  /**
   * What is wrong, and what to do; empty where some of the records fit.
   *
   * @param detector the description that they were read by
   */
  public Optional<String> problem(DetectorDescription detector) {
    String name = "the detector description '" + detector.name() + "'";
    if (hits == 0 && records == 0 && malformed > 0) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "None of %,d records can be read by %s: %s",
              malformed,
              name,
              remedy("correct its record.fields")));
    }
    if (hits == 0 && records > 0) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%,d records, but no hit: their HEAD is %s, that of hits is %s by %s: %s",
              records,
              found(),
              numbers(detector.format().hitHeads()),
              name,
              remedy("correct its record.hitHeads")));
    }
    if (hitsWithoutCell > 0 && blocksWithCells == 0) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "None of %,d hits is of a board and channel that a chamber or scintillator has by %s:"
                  + " %s",
              hitsWithoutCell,
              name,
              remedy("correct its chambers")));
    }
    return Optional.empty();
  }

  private String found() {
    List<String> most = new ArrayList<>(heads.keySet());
    most.sort(Comparator.comparing((String head) -> -heads.get(head)).thenComparing(head -> head));
    return most.stream()
            .limit(MOST_HEADS)
            .map(head -> String.format(Locale.ROOT, "%s (%,d)", head, heads.get(head)))
            .collect(Collectors.joining(", "))
        + (most.size() > MOST_HEADS ? ", ..." : "");
  }

  private static String numbers(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" or "));
  }

  private String remedy(String otherwise) {
    return fits.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(
            best ->
                "they fit the description '"
                    + best.getKey()
                    + "'; start with --detector="
                    + best.getKey()
                    + ", or DETECTOR="
                    + best.getKey()
                    + " of make")
        .orElse("choose another one with --detector, or " + otherwise);
  }
}
