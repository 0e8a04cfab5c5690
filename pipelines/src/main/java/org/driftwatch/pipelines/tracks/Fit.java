package org.driftwatch.pipelines.tracks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
  private final int[] side;

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
   * @param variance square of a hit's error
   * @throws ArithmeticException for hits so many that the numbers become too large
   */
  Fit(int[] z, long[] w, int[] side, boolean isFree, long variance) {
    this.side = side.clone();
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
    Linear tells = squares.length > 0 ? residuals[0] : passage;
    for (int i = 0; i < side.length; i++) {
      into[at + i] = tells.factors[i];
    }
    into[at + side.length] = tells.constant;
    into[at + side.length + 1] =
        squares.length > 0
            ? (long) Math.sqrt((limit * squares.length + 1.0) * squares[0]) + 1
            : -denominator;
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
      long square = residual * residual;
      // Most are far beyond: that is seen without a division.
      if (square >= (limit * squares.length + 1) * squares[j]) {
        return -1;
      }
      sum += square / squares[j];
    }
    return sum <= limit * squares.length ? sum : -1;
  }

  /** Numerators of the time of passage, the slope, and the place at the chamber's middle height. */
  long passage(long[] t) {
    return passage.of(t);
  }

  long slope(long[] t) {
    return slope.of(t);
  }

  long x(long[] t) {
    return x.of(t);
  }

  /** A numerator by the denominator, to the nearest, up from the middle. */
  long rounded(long numerator) {
    return twiceDenominator.floor(2 * numerator + denominator);
  }

  /** True where a numerator, once {@link #rounded}, is not outside these limits. */
  boolean isWithin(long numerator, long from, long to) {
    long twice = 2 * numerator + denominator;
    return twice >= 2 * denominator * from && twice < 2 * denominator * (to + 1);
  }

  /** The coordinates of hits. */
  void coordinates(long[] w, long[] t, long[] y) {
    for (int i = 0; i < side.length; i++) {
      y[i] = w[i] + side[i] * t[i];
    }
  }

  /** Of two coordinates the product of what the fit leaves of them, by degrees rounded down. */
  long product(long[] a, long[] b) {
    long sum = 0;
    for (int j = 0; j < squares.length; j++) {
      sum += Math.floorDiv(dot(basis[j], a) * dot(basis[j], b), squares[j]);
    }
    return sum;
  }

  /** True where the other hits alone make a line, so that they test a hit. */
  boolean tests(int hit) {
    for (int[] vector : basis) {
      if (vector[hit] != 0) {
        return true;
      }
    }
    return false;
  }

  /** How far a hit that they test is from the line through the others, rounded down. */
  long withoutItself(int hit, long[] y) {
    long scale = 1;
    for (long square : squares) {
      scale *= square;
    }
    long residual = 0;
    long weight = 0;
    for (int j = 0; j < squares.length; j++) {
      long share = scale / squares[j] * basis[j][hit];
      residual += share * dot(basis[j], y);
      weight += share * basis[j][hit];
    }
    return Math.floorDiv(residual, weight);
  }
}
