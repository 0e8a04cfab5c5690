package org.driftwatch.pipelines.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The lines of docs/tracks.md through hits of one chamber: exact fractions by Cramer's rule, and
 * residuals by Gram and Schmidt's method. Places and times are in sixteenths of a tick.
 */
final class ReferenceLines {
  private static final int SLOPES = 64;
  private static final int MOST_LAYERS = 8;
  private static final List<List<List<Integer>>> ALL_SIDES =
      IntStream.rangeClosed(0, MOST_LAYERS).mapToObj(ReferenceLines::sides).toList();

  private final int layers;
  private final long halfCell;
  private final long steepest;
  private final long margin;
  private final BigInteger errorSquare;
  private final long[] gives;
  private final Map<Integer, Design> designs = new HashMap<>();
  private final List<BigInteger> slopePenalties;

  /**
   * Lines in a chamber.
   *
   * @param layers number of its layers
   * @param halfCell T, which is a time as well as a length
   * @param steepest M, by half a cell of height
   */
  ReferenceLines(int layers, long halfCell, long steepest) {
    this.layers = layers;
    this.halfCell = halfCell;
    this.steepest = steepest;
    margin = halfCell / 16;
    BigInteger square = BigInteger.valueOf(halfCell).pow(2);
    errorSquare = round(square, BigInteger.valueOf(80 * 80));
    gives = IntStream.rangeClosed(0, layers).mapToLong(this::give).toArray();
    slopePenalties =
        IntStream.rangeClosed(0, SLOPES)
            .mapToObj(i -> penalty(5 * Math.log(1 + Math.pow(2.0 * i / SLOPES, 2))))
            .toList();
  }

  /**
   * A hit.
   *
   * @param cell its cell
   * @param layer its layer, 0 at the bottom
   * @param wire where its wire is
   * @param time its time in the orbit
   */
  record Hit(int cell, int layer, long wire, long time) {}

  /**
   * A line.
   *
   * @param hits its hits, from the lowest layer on
   * @param sides on which side of each wire it passes, 1 or -1
   * @param design what depends on layers and sides only
   * @param time when the muon passed, t0
   * @param slope m
   * @param middle x at the chamber's middle height, from the wire of the first hit
   * @param measured y of each hit
   */
  record Line(
      List<Hit> hits,
      List<Integer> sides,
      Design design,
      long time,
      long slope,
      long middle,
      List<BigInteger> measured) {

    /** R. */
    BigInteger square() {
      return design.product(measured, measured);
    }

    /** Where it is at a height, in half cells. */
    long at(long height) {
      return hits.get(0).wire + middle + slope * height;
    }
  }

  /**
   * A line that is accepted.
   *
   * @param score less is better
   */
  record Scored(Line line, BigInteger score) {}

  /**
   * What all lines of some layers and sides have in common.
   *
   * @param determinant D
   * @param solution for each parameter x, m and, if it is fitted, t0: what D times it takes of each
   *     y
   * @param basis k1, k2, ...
   * @param isUndetermined true where t0 should be fitted and cannot
   */
  record Design(
      BigInteger determinant,
      List<List<BigInteger>> solution,
      List<List<BigInteger>> basis,
      boolean isUndetermined) {

    /** a P b. */
    BigInteger product(List<BigInteger> a, List<BigInteger> b) {
      BigInteger sum = BigInteger.ZERO;
      for (List<BigInteger> k : basis) {
        sum = sum.add(floor(dot(k, a).multiply(dot(k, b)), dot(k, k)));
      }
      return sum;
    }
  }

  /** G. */
  long margin() {
    return margin;
  }

  /** How much a score may be above the least for the line to be as good. */
  BigInteger tolerance() {
    return BigInteger.valueOf(margin).pow(2).shiftRight(2);
  }

  /** z of a layer. */
  long height(int layer) {
    return 2L * layer - (layers - 1);
  }

  /** The accepted lines through these hits, in the order of their sides. */
  List<Scored> accepted(List<Hit> hits, Optional<Long> known, long zero) {
    return allSides(hits.size()).stream()
        .map(sides -> line(hits, sides, known, zero))
        .filter(this::isAccepted)
        .map(line -> new Scored(line, score(line)))
        .toList();
  }

  /** All sides of so many hits, in their order. */
  static List<List<Integer>> allSides(int hits) {
    return ALL_SIDES.get(hits);
  }

  private static List<List<Integer>> sides(int hits) {
    return IntStream.range(0, 1 << hits)
        .mapToObj(
            number ->
                IntStream.range(0, hits).mapToObj(i -> (number >> i & 1) == 1 ? 1 : -1).toList())
        .toList();
  }

  /** True where two neighbours' wires are so far apart that no line is tried. */
  boolean isPassedOver(List<Hit> hits) {
    for (int i = 1; i < hits.size(); i++) {
      Hit low = hits.get(i - 1);
      Hit high = hits.get(i);
      if (Math.abs(high.wire - low.wire)
          > 2L * (high.layer - low.layer) * steepest + 2L * (halfCell + margin)) {
        return true;
      }
    }
    return false;
  }

  /** True where a line, whatever its time, counts among those that are tried. */
  boolean counts(List<Hit> hits, List<Integer> sides) {
    long give = gives[hits.size()];
    // The flattest and the steepest slope that suit all pairs, as fractions.
    long[] from = {-steepest - 1, 1};
    long[] to = {steepest + 1, 1};
    for (int j = 0; j < hits.size(); j++) {
      for (int i = 0; i < j; i++) {
        // From the crossing of hit i to that of hit j: as far left and as far right as can be.
        long apart = hits.get(j).wire - hits.get(i).wire;
        long left = apart + least(sides.get(j), give) - most(sides.get(i), give);
        long right = apart + most(sides.get(j), give) - least(sides.get(i), give);
        long up = height(hits.get(j).layer) - height(hits.get(i).layer);
        from = left * from[1] > from[0] * up ? new long[] {left, up} : from;
        to = right * to[1] < to[0] * up ? new long[] {right, up} : to;
      }
    }
    return from[0] * to[1] <= to[0] * from[1];
  }

  private long least(int side, long give) {
    return side > 0 ? -give : -halfCell - give;
  }

  private long most(int side, long give) {
    return side > 0 ? halfCell + give : give;
  }

  private long give(int hits) {
    BigInteger square = BigInteger.valueOf(margin).pow(2).multiply(BigInteger.valueOf(hits));
    BigInteger[] root = square.sqrtAndRemainder();
    return margin + root[0].longValueExact() + root[1].signum() + 1;
  }

  /** The first time of passage that suits all of these hits. */
  long earliest(List<Hit> hits) {
    return hits.stream().mapToLong(Hit::time).max().orElseThrow() - halfCell - margin;
  }

  /** The last time of passage that suits all of these hits. */
  long latest(List<Hit> hits) {
    return hits.stream().mapToLong(Hit::time).min().orElseThrow() + margin;
  }

  /**
   * The line through these hits.
   *
   * @param known the time of passage, if it is not to be fitted
   * @param zero what times count from otherwise
   */
  Line line(List<Hit> hits, List<Integer> sides, Optional<Long> known, long zero) {
    Design design = design(hits, sides, known.isPresent());
    long from = known.orElse(zero);
    List<BigInteger> measured = new ArrayList<>();
    for (int i = 0; i < hits.size(); i++) {
      Hit hit = hits.get(i);
      measured.add(
          BigInteger.valueOf(hit.wire - hits.get(0).wire + sides.get(i) * (hit.time - from)));
    }
    List<Long> fitted =
        design.solution.stream()
            .map(of -> round(dot(of, measured), design.determinant).longValueExact())
            .toList();
    long time = from;
    long middle = fitted.get(0);
    if (design.isUndetermined) {
      time += (earliest(hits) - from + (latest(hits) - from)) / 2;
      middle -= sides.get(0) * (time - from);
    } else if (known.isEmpty()) {
      time += fitted.get(2);
    }
    return new Line(hits, sides, design, time, fitted.get(1), middle, measured);
  }

  private boolean isAccepted(Line line) {
    BigInteger limit =
        BigInteger.valueOf(margin).pow(2).multiply(BigInteger.valueOf(line.design.basis.size()));
    long from = earliest(line.hits);
    long to = latest(line.hits);
    boolean isInTime =
        line.design.isUndetermined ? from <= to : from <= line.time && line.time <= to;
    return Math.abs(line.slope) <= steepest && isInTime && line.square().compareTo(limit) <= 0;
  }

  private BigInteger score(Line line) {
    long slope = Math.floorDiv(SLOPES * Math.abs(line.slope), steepest);
    BigInteger score =
        line.square()
            .add(slopePenalties.get((int) slope))
            .add(penalty(Math.log(line.design.determinant.doubleValue())));
    if (!line.design.isUndetermined) {
      for (Hit hit : line.hits) {
        long drift = hit.time - line.time;
        long beyond = Math.max(0, Math.max(-drift, drift - halfCell));
        score = score.add(BigInteger.valueOf(beyond).pow(2));
      }
    }
    return score;
  }

  private BigInteger penalty(double times) {
    return new BigDecimal(errorSquare)
        .multiply(new BigDecimal(times))
        .setScale(0, RoundingMode.HALF_UP)
        .toBigIntegerExact();
  }

  private Design design(List<Hit> hits, List<Integer> sides, boolean isKnown) {
    int key = isKnown ? 1 : 0;
    for (int i = 0; i < hits.size(); i++) {
      key |= (sides.get(i) > 0 ? 2 : 1) << (2 * (hits.get(i).layer + 1));
    }
    return designs.computeIfAbsent(key, k -> newDesign(hits, sides, isKnown));
  }

  private Design newDesign(List<Hit> hits, List<Integer> sides, boolean isKnown) {
    int n = hits.size();
    boolean isUndetermined = !isKnown && sides.stream().distinct().count() == 1;
    List<List<BigInteger>> columns = new ArrayList<>();
    columns.add(Collections.nCopies(n, BigInteger.ONE));
    columns.add(hits.stream().map(hit -> BigInteger.valueOf(height(hit.layer))).toList());
    if (!isKnown && !isUndetermined) {
      columns.add(sides.stream().map(BigInteger::valueOf).toList());
    }
    List<List<BigInteger>> normal =
        columns.stream()
            .map(row -> columns.stream().map(column -> dot(row, column)).toList())
            .toList();
    // Cramer's rule, for a y that is 1 at one hit: the sum over all hits is the solution.
    List<List<BigInteger>> solution = new ArrayList<>();
    for (int parameter = 0; parameter < columns.size(); parameter++) {
      List<BigInteger> of = new ArrayList<>();
      for (int hit = 0; hit < n; hit++) {
        List<List<BigInteger>> replaced = new ArrayList<>();
        for (int row = 0; row < columns.size(); row++) {
          List<BigInteger> entries = new ArrayList<>(normal.get(row));
          entries.set(parameter, columns.get(row).get(hit));
          replaced.add(entries);
        }
        of.add(determinant(replaced));
      }
      solution.add(of);
    }
    return new Design(determinant(normal), solution, basis(columns, n), isUndetermined);
  }

  private static BigInteger determinant(List<List<BigInteger>> rows) {
    if (rows.isEmpty()) {
      return BigInteger.ONE;
    }
    BigInteger sum = BigInteger.ZERO;
    for (int column = 0; column < rows.size(); column++) {
      List<List<BigInteger>> minor = new ArrayList<>();
      for (List<BigInteger> row : rows.subList(1, rows.size())) {
        List<BigInteger> entries = new ArrayList<>(row);
        entries.remove(column);
        minor.add(entries);
      }
      BigInteger term = rows.get(0).get(column).multiply(determinant(minor));
      sum = column % 2 == 0 ? sum.add(term) : sum.subtract(term);
    }
    return sum;
  }

  private static List<List<BigInteger>> basis(List<List<BigInteger>> columns, int n) {
    List<List<BigInteger>> orthogonal = new ArrayList<>();
    columns.forEach(column -> addOrthogonal(orthogonal, column));
    int fitted = orthogonal.size();
    for (int i = 0; i < n; i++) {
      List<BigInteger> unit = new ArrayList<>(Collections.nCopies(n, BigInteger.ZERO));
      unit.set(i, BigInteger.ONE);
      addOrthogonal(orthogonal, unit);
    }
    return List.copyOf(orthogonal.subList(fitted, orthogonal.size()));
  }

  /** Adds what a vector has beyond those that are there, if that is anything. */
  private static void addOrthogonal(List<List<BigInteger>> orthogonal, List<BigInteger> vector) {
    List<BigInteger> rest = vector;
    for (List<BigInteger> other : orthogonal) {
      BigInteger square = dot(other, other);
      BigInteger along = dot(rest, other);
      List<BigInteger> left = new ArrayList<>();
      for (int i = 0; i < rest.size(); i++) {
        left.add(rest.get(i).multiply(square).subtract(other.get(i).multiply(along)));
      }
      rest = left;
    }
    BigInteger divisor = rest.stream().reduce(BigInteger.ZERO, BigInteger::gcd);
    if (divisor.signum() > 0) {
      orthogonal.add(rest.stream().map(entry -> entry.divide(divisor)).toList());
    }
  }

  /** The sum of the products of their entries. */
  static BigInteger dot(List<BigInteger> a, List<BigInteger> b) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < a.size(); i++) {
      sum = sum.add(a.get(i).multiply(b.get(i)));
    }
    return sum;
  }

  /** a / b for a positive b, rounded towards minus infinity. */
  static BigInteger floor(BigInteger a, BigInteger b) {
    BigInteger[] parts = a.divideAndRemainder(b);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /** a / b for a positive b, rounded to the nearest, halves up. */
  static BigInteger round(BigInteger a, BigInteger b) {
    return floor(a.shiftLeft(1).add(b), b.shiftLeft(1));
  }
}
