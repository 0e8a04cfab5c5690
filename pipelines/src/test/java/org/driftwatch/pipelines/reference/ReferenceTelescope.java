package org.driftwatch.pipelines.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.driftwatch.detector.reference.ReferenceDetector;

/** The telescope of docs/tracks.md: chambers of one view, and the muons that crossed them. */
final class ReferenceTelescope {
  private static final BigInteger FARTHEST = BigInteger.valueOf(100_000);
  private static final int FEWEST_CHAMBERS = 3;
  private static final int FEWEST_SEGMENTS = 2;

  private final SortedMap<Integer, BigInteger> heights = new TreeMap<>();
  private final SortedMap<Integer, Long> middles = new TreeMap<>();
  private final BigInteger halfHeightUm;
  private final long latest;
  private final long steepest;

  private ReferenceTelescope(
      ReferenceDetector detector, List<Integer> numbers, long halfCell, long steepest) {
    BigDecimal two = BigDecimal.valueOf(2);
    halfHeightUm =
        detector
            .cellHeightMm()
            .multiply(BigDecimal.valueOf(500))
            .setScale(0, RoundingMode.HALF_UP)
            .toBigIntegerExact();
    latest = 2 * (halfCell / 16);
    this.steepest = steepest / 16;
    BigInteger lowest = heights(detector, numbers).min(BigInteger::compareTo).orElseThrow();
    for (int number : numbers) {
      ReferenceDetector.Chamber chamber = detector.chambers().get(number);
      heights.put(number, height(chamber).subtract(lowest));
      middles.put(
          number,
          chamber
              .placeMm()
              .multiply(two)
              .multiply(BigDecimal.valueOf(halfCell))
              .divide(detector.cellWidthMm(), 0, RoundingMode.HALF_EVEN)
              .longValueExact());
    }
  }

  private static Stream<BigInteger> heights(ReferenceDetector detector, List<Integer> numbers) {
    return numbers.stream().map(number -> height(detector.chambers().get(number)));
  }

  /** Height of a chamber's middle in tenths of a millimetre; floor(x + 1/2) rounds halves up. */
  private static BigInteger height(ReferenceDetector.Chamber chamber) {
    return chamber
        .heightMm()
        .movePointRight(1)
        .add(new BigDecimal("0.5"))
        .setScale(0, RoundingMode.FLOOR)
        .toBigIntegerExact();
  }

  /**
   * The telescopes of a detector.
   *
   * @param hasSegments whether segments can be found in a chamber, by number
   * @param halfCell T
   * @param steepest M
   */
  static List<ReferenceTelescope> of(
      ReferenceDetector detector, Predicate<Integer> hasSegments, long halfCell, long steepest) {
    SortedMap<String, List<Integer>> views = new TreeMap<>();
    for (int number = 0; number < detector.chambers().size(); number++) {
      if (hasSegments.test(number)) {
        views
            .computeIfAbsent(detector.chambers().get(number).view(), view -> new ArrayList<>())
            .add(number);
      }
    }
    return views.values().stream()
        .filter(numbers -> numbers.size() >= FEWEST_CHAMBERS)
        .filter(
            numbers -> {
              BigInteger lowest =
                  heights(detector, numbers).min(BigInteger::compareTo).orElseThrow();
              return heights(detector, numbers)
                  .allMatch(height -> height.subtract(lowest).compareTo(FARTHEST) <= 0);
            })
        .map(numbers -> new ReferenceTelescope(detector, numbers, halfCell, steepest))
        .toList();
  }

  /**
   * A segment.
   *
   * @param place its x at the middle height of its chamber, from the chamber's middle
   * @param slope its slope
   * @param time its t0 plus the chamber's drift offset
   * @param isClear that it is not ambiguous
   */
  record Muon(long place, long slope, long time, boolean isClear) {}

  /**
   * A muon that crossed a chamber, as the others say.
   *
   * @param place where, from the chamber's middle
   * @param slope its slope
   * @param time the mean of the others' times
   * @param isBetween that one of the others is above and one below
   */
  record Crossing(long place, long slope, long time, boolean isBetween) {}

  /** The muon of an orbit that crossed a chamber, if the others say so. */
  Optional<Crossing> crossing(int chamber, Map<Integer, List<Muon>> orbit) {
    if (!heights.containsKey(chamber)) {
      return Optional.empty();
    }
    SortedMap<Integer, Muon> others = new TreeMap<>();
    for (int number : heights.keySet()) {
      if (number != chamber) {
        orbit.getOrDefault(number, List.of()).stream()
            .filter(Muon::isClear)
            .findFirst()
            .ifPresent(muon -> others.put(number, muon));
      }
    }
    BigInteger n = BigInteger.valueOf(others.size());
    BigInteger z = BigInteger.ZERO;
    BigInteger zz = BigInteger.ZERO;
    BigInteger x = BigInteger.ZERO;
    BigInteger zx = BigInteger.ZERO;
    for (int number : others.keySet()) {
      BigInteger height = height(number);
      BigInteger place = BigInteger.valueOf(others.get(number).place() + middles.get(number));
      z = z.add(height);
      zz = zz.add(height.pow(2));
      x = x.add(place);
      zx = zx.add(height.multiply(place));
    }
    BigInteger d = n.multiply(zz).subtract(z.pow(2));
    if (others.size() < FEWEST_SEGMENTS || d.signum() == 0) {
      return Optional.empty();
    }
    BigInteger e = n.multiply(zx).subtract(z.multiply(x));
    BigInteger own = height(chamber);
    BigInteger above = zz.multiply(x).subtract(z.multiply(zx)).add(own.multiply(e));
    long slope =
        ReferenceLines.round(e.multiply(halfHeightUm), d.multiply(BigInteger.valueOf(100)))
            .longValueExact();
    long[] times = others.values().stream().mapToLong(Muon::time).sorted().toArray();
    if (times[times.length - 1] - times[0] > latest
        || others.values().stream().anyMatch(m -> Math.abs(m.slope() - slope) > steepest)) {
      return Optional.empty();
    }
    return Optional.of(
        new Crossing(
            ReferenceLines.round(above, d).longValueExact() - middles.get(chamber),
            slope,
            Math.floorDiv(
                others.values().stream().mapToLong(Muon::time).sum(), (long) times.length),
            others.keySet().stream().anyMatch(number -> height(number).compareTo(own) > 0)
                && others.keySet().stream().anyMatch(number -> height(number).compareTo(own) < 0)));
  }

  /** True where a segment is of the muon's time. */
  boolean isInTime(Muon muon, Crossing crossing) {
    return Math.abs(muon.time() - crossing.time()) <= latest;
  }

  private BigInteger height(int number) {
    return heights.getOrDefault(number, BigInteger.ZERO);
  }
}
