package org.driftwatch.pipelines.tracks;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A straight line through hits on given wires, each passed on a given side, by least squares and in
 * whole numbers: place, slope, and the time of passage where that is free. It is linear in the
 * times of the hits, with coefficients that are fractions of one denominator.
 *
 * <p>The measured coordinate of a hit is {@code y = w + s t}, with the wire's place w, the time t
 * and the side s, +1 where the muon passed on the side of larger w; all in one unit, see {@link
 * ChamberTables}. The line is {@code y = x + m z + s t0}. What is left of the y once these are
 * fitted is seen through an orthogonal basis of the vectors that know nothing of them: {@code k y}
 * has the mean 0 for each vector k of the basis. Where all sides are the same, t0 is not determined
 * and not fitted. Source: the normal equations of a straight line. Immutable.
 */
final class Fit {
  /** Bit i is set where the muon passed hit i on the side of larger w. */
  final int sides;

  /** True where the time of passage is fitted. */
  final boolean isFree;

  /** True where it would be, but is not determined. */
  final boolean isSingular;

  /** How much less likely such a line is for the room that its parameters have. */
  final long penalty;

  private final Linear x;
  private final Linear slope;
  private final Linear passage;
  private final long denominator;
  private final Divisor twiceDenominator;

  /** The basis, one vector per degree of freedom, and what is told by its product with the y. */
  private final int[][] basis;

  private final Linear[] residuals;
  private final long[] squares;
  private final Divisor[] bySquare;

  /** Products of the basis with the places of the wires, and with the sides times half a cell. */
  private final long[] ofWires;

  private final long[] ofSides;

  /** Made when it is asked for, as few are; whoever makes it makes the same. */
  private @Nullable Shares shares;

  /** By hit: from the products with the y to its distance from the line through the others. */
  private static final class Shares {
    private final long[][] factors;
    private final @Nullable Divisor[] weights;

    Shares(int[][] basis, long[] squares) {
      int hits = basis.length == 0 ? 0 : basis[0].length;
      factors = new long[hits][squares.length];
      weights = new Divisor[hits];
      BigInteger scale = BigInteger.ONE;
      for (long square : squares) {
        scale = scale.multiply(BigInteger.valueOf(square));
      }
      for (int hit = 0; hit < hits; hit++) {
        share(hit, scale, basis, squares);
      }
    }

    /** A fraction of whole numbers, shortened: else they would be too large with many layers. */
    private void share(int hit, BigInteger scale, int[][] basis, long[] squares) {
      BigInteger[] parts = new BigInteger[squares.length];
      BigInteger weight = BigInteger.ZERO;
      BigInteger divisor = BigInteger.ZERO;
      for (int j = 0; j < parts.length; j++) {
        BigInteger own = BigInteger.valueOf(basis[j][hit]);
        parts[j] = scale.divide(BigInteger.valueOf(squares[j])).multiply(own);
        weight = weight.add(parts[j].multiply(own));
        divisor = divisor.gcd(parts[j]);
      }
      if (weight.signum() > 0) {
        divisor = divisor.gcd(weight);
        for (int j = 0; j < parts.length; j++) {
          factors[hit][j] = parts[j].divide(divisor).longValueExact();
        }
        weights[hit] = new Divisor(weight.divide(divisor).longValueExact());
      }
    }
  }

  /** What a combination of the y is: a constant of the wires, and a factor for each time. */
  private static final class Linear {
    private final long constant;
    private final int[] factors;

    Linear(long[] coefficients, long[] wires, int[] sides) {
      long sum = 0;
      factors = new int[sides.length];
      for (int i = 0; i < factors.length; i++) {
        sum += coefficients[i] * wires[i];
        factors[i] = Math.toIntExact(coefficients[i] * sides[i]);
      }
      constant = sum;
    }

    void put(long[] row, int at) {
      for (int i = 0; i < factors.length; i++) {
        row[at + i] = factors[i];
      }
      row[at + factors.length] = constant;
    }

    /** Three and four hits are nearly all: written out they take half the time. */
    long of(long[] t) {
      int[] f = factors;
      if (f.length == 4) {
        return constant + f[0] * t[0] + f[1] * t[1] + f[2] * t[2] + f[3] * t[3];
      }
      if (f.length == 3) {
        return constant + f[0] * t[0] + f[1] * t[1] + f[2] * t[2];
      }
      long sum = constant;
      for (int i = 0; i < f.length; i++) {
        sum += f[i] * t[i];
      }
      return sum;
    }
  }

  /**
   * The fit of hits on these wires.
   *
   * @param z heights of the wires, in half cells from the chamber's middle
   * @param w their places
   * @param side +1 or -1 for each
   * @param isFree true where the time of passage is fitted, false where the times are those since
   *     it
   * @param halfCell half a cell
   * @param variance square of a hit's error
   * @throws ArithmeticException for hits so many that the numbers become too large
   */
  Fit(int[] z, long[] w, int[] side, boolean isFree, int halfCell, long variance) {
    int bits = 0;
    for (int i = 0; i < side.length; i++) {
      bits |= side[i] > 0 ? 1 << i : 0;
    }
    sides = bits;
    this.isFree = isFree;
    isSingular = isFree && Arrays.stream(side).distinct().count() == 1;
    int[] ones = new int[z.length];
    Arrays.fill(ones, 1);
    int[][] columns = isFree && !isSingular ? new int[][] {ones, z, side} : new int[][] {ones, z};
    int size = columns.length;
    long[][] gram = new long[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        gram[i][j] = dot(columns[i], columns[j]);
      }
    }
    long determinant = 0;
    for (int j = 0; j < size; j++) {
      determinant += gram[0][j] * cofactor(gram, 0, j);
    }
    long[][] numerators = new long[3][z.length];
    for (int i = 0; i < size; i++) {
      for (int hit = 0; hit < z.length; hit++) {
        for (int j = 0; j < size; j++) {
          numerators[i][hit] += cofactor(gram, j, i) * columns[j][hit];
        }
      }
    }
    denominator = determinant;
    twiceDenominator = new Divisor(2 * denominator);
    penalty = Math.round(variance * StrictMath.log((double) determinant));
    x = new Linear(numerators[0], w, side);
    slope = new Linear(numerators[1], w, side);
    passage = new Linear(numerators[2], w, side);
    basis = basis(columns);
    squares = Arrays.stream(basis).mapToLong(k -> dot(k, k)).toArray();
    bySquare = Arrays.stream(squares).mapToObj(Divisor::new).toArray(Divisor[]::new);
    ofWires = Arrays.stream(basis).mapToLong(k -> dot(k, w)).toArray();
    ofSides = Arrays.stream(basis).mapToLong(k -> dot(k, side) * halfCell).toArray();
    residuals =
        Arrays.stream(basis)
            .map(k -> new Linear(Arrays.stream(k).asLongStream().toArray(), w, side))
            .toArray(Linear[]::new);
  }

  private static long cofactor(long[][] g, int row, int column) {
    if (g.length == 2) {
      return (row == column ? 1 : -1) * g[1 - row][1 - column];
    }
    int r = (row + 1) % 3;
    int s = (row + 2) % 3;
    int c = (column + 1) % 3;
    int d = (column + 2) % 3;
    return g[r][c] * g[s][d] - g[r][d] * g[s][c];
  }

  /** Gram and Schmidt: what is orthogonal to the columns, from the unit vectors, in their order. */
  private static int[][] basis(int[][] columns) {
    List<int[]> orthogonal = new ArrayList<>();
    for (int[] column : columns) {
      orthogonal.add(orthogonal(column, orthogonal));
    }
    int size = columns[0].length;
    List<int[]> basis = new ArrayList<>();
    for (int i = 0; i < size && basis.size() < size - columns.length; i++) {
      int[] unit = new int[size];
      unit[i] = 1;
      int[] vector = orthogonal(unit, orthogonal);
      if (dot(vector, vector) != 0) {
        orthogonal.add(vector);
        basis.add(vector);
      }
    }
    return basis.toArray(int[][]::new);
  }

  /** What of a vector is orthogonal to all of these, shortened to the least whole numbers. */
  private static int[] orthogonal(int[] vector, List<int[]> others) {
    long[] rest = Arrays.stream(vector).asLongStream().toArray();
    for (int[] other : others) {
      long square = dot(other, other);
      long shared = dot(other, rest);
      long divisor = 0;
      for (int i = 0; i < rest.length; i++) {
        rest[i] =
            Math.subtractExact(
                Math.multiplyExact(rest[i], square), Math.multiplyExact(shared, (long) other[i]));
        divisor = gcd(divisor, rest[i]);
      }
      for (int i = 0; i < rest.length && divisor > 1; i++) {
        rest[i] /= divisor;
      }
    }
    return Arrays.stream(rest).mapToInt(Math::toIntExact).toArray();
  }

  private static long gcd(long a, long b) {
    return b == 0 ? Math.abs(a) : gcd(b, a % b);
  }

  private static long dot(int[] a, int[] b) {
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (long) a[i] * b[i];
    }
    return sum;
  }

  private static long dot(int[] a, long[] b) {
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** How many numbers {@link #gate} writes. */
  static int gateSize(int hits) {
    return hits + 2;
  }

  /**
   * Writes a necessary condition in a row, for lines to be ruled out many at a time: a factor for
   * each time, a constant, and either the largest absolute value of their sum, or, below 0, the
   * denominator of the time of passage, whose numerator the sum is.
   *
   * @param limit largest square of residuals per degree of freedom
   */
  void gate(long limit, long[] into, int at) {
    boolean hasResidual = squares.length > 0;
    (hasResidual ? residuals[0] : passage).put(into, at);
    into[at + gateSize(x.factors.length) - 1] = hasResidual ? largest(0, limit) : -denominator;
  }

  /** How many numbers {@link #row} writes. */
  static int rowSize(int hits) {
    return 3 * hits + 10;
  }

  /**
   * Writes all that most lines are asked for in a row, so that it lies side by side: for each of
   * time of passage, slope and place a factor for each time and a constant; the denominator, its
   * reciprocal and shift for {@link Divisor#floor(long, long, long)} of twice its numerators, the
   * penalty, the degrees of freedom, and reciprocal and shift for the square of a gate that is the
   * only residual.
   */
  void row(long[] into, int at) {
    int hits = x.factors.length;
    passage.put(into, at);
    slope.put(into, at + hits + 1);
    x.put(into, at + 2 * (hits + 1));
    int next = at + 3 * (hits + 1);
    into[next] = denominator;
    into[next + 1] = twiceDenominator.reciprocal();
    into[next + 2] = twiceDenominator.shift();
    into[next + 3] = penalty;
    into[next + 4] = squares.length;
    into[next + 5] = squares.length > 0 ? bySquare[0].reciprocal() : 0;
    into[next + 6] = squares.length > 0 ? bySquare[0].shift() : 0;
  }

  /** Largest absolute value of a residual whose square alone is not too large already. */
  private long largest(int residual, long limit) {
    return (long) Math.sqrt((limit * squares.length + 1.0) * squares[residual]) + 1;
  }

  int degreesOfFreedom() {
    return squares.length;
  }

  /**
   * Square of the residuals; each degree of freedom is rounded down.
   *
   * @param t times of the hits
   * @param limit largest per degree of freedom
   * @return -1 where it is larger
   */
  long chiSquare(long[] t, long limit) {
    long sum = 0;
    for (int j = 0; j < squares.length; j++) {
      long residual = residuals[j].of(t);
      // Most are far beyond, some so far that their square would not fit.
      if (Math.abs(residual) > largest(j, limit)) {
        return -1;
      }
      sum += bySquare[j].floor(residual * residual);
    }
    return sum <= limit * squares.length ? sum : -1;
  }

  /** The time of passage, to the nearest. */
  long passage(long[] t) {
    return twiceDenominator.floor(2 * passage.of(t) + denominator);
  }

  /** Writes the product of each vector of the basis with the coordinates. */
  void left(long[] t, long[] into) {
    for (int j = 0; j < squares.length; j++) {
      into[j] = residuals[j].of(t);
    }
  }

  /**
   * Of the coordinates the square of what the fit leaves of them, by degrees rounded down.
   *
   * @param left see {@link #left}
   */
  long square(long[] left) {
    return product(left, left);
  }

  /** The same of the places of the wires and the coordinates, and so on. */
  long wiresBy(long[] left) {
    return product(ofWires, left);
  }

  long sidesBy(long[] left) {
    return product(ofSides, left);
  }

  long wiresByWires() {
    return product(ofWires, ofWires);
  }

  long wiresBySides() {
    return product(ofWires, ofSides);
  }

  long sidesBySides() {
    return product(ofSides, ofSides);
  }

  private long product(long[] a, long[] b) {
    long sum = 0;
    for (int j = 0; j < squares.length; j++) {
      sum += bySquare[j].floor(a[j] * b[j]);
    }
    return sum;
  }

  /** True where the other hits alone make a line, so that they test a hit. */
  boolean tests(int hit) {
    return squares.length > 0 && shares().weights[hit] != null;
  }

  /** How far a hit that they test is from the line through the others, rounded down. */
  long withoutItself(int hit, long[] left) {
    Shares known = shares();
    long residual = 0;
    for (int j = 0; j < squares.length; j++) {
      residual += known.factors[hit][j] * left[j];
    }
    return known.weights[hit].floor(residual);
  }

  private Shares shares() {
    Shares known = shares;
    if (known == null) {
      known = new Shares(basis, squares);
      shares = known;
    }
    return known;
  }
}
