package org.driftwatch.quality.check;

import org.driftwatch.quality.CountStatistics;

/** What muon segments say of one quantity, held against its limits. */
interface Reading {
  /** True where it lies beyond a limit, and less than this chance would bring it there. */
  boolean isBeyond(double chance);

  /** True where it lies within its limits, and less than this chance would bring it there. */
  boolean isWithin(double chance);

  /** True where it lies so far beyond that it is bad, and not by this chance. */
  boolean isBad(double chance);

  /** True where a clear fault would lie beyond by more than this chance. */
  boolean tells(double chance);

  /** How far it is from what it should be, as a multiple of what it may be. */
  double distance();

  /** The number. */
  double value();

  /** The limit that it is nearest to. */
  double limit();

  /** What it stands on. */
  long entries();

  /** The number in words, with its error. */
  String text();

  /** Its limits in words. */
  String limits();

  /**
   * A number with a standard error.
   *
   * @param name what it is
   * @param unit its unit
   * @param value the number
   * @param error its standard error
   * @param freedom degrees of freedom that the error is known from
   * @param nominal what it should be
   * @param room how far it may be from that
   * @param entries segments
   * @param settles true if it may end an accusation
   */
  record Measured(
      String name,
      String unit,
      double value,
      double error,
      double freedom,
      double nominal,
      double room,
      long entries,
      boolean settles)
      implements Reading {
    private static final double MOST_DECIMALS = 4;

    private double beyond() {
      return (Math.abs(value - nominal) - room) / error;
    }

    @Override
    public boolean isBeyond(double chance) {
      return beyond() > 0 && CountStatistics.studentAtLeast(beyond(), freedom) < chance;
    }

    @Override
    public boolean isWithin(double chance) {
      return settles && beyond() < 0 && CountStatistics.studentAtLeast(-beyond(), freedom) < chance;
    }

    @Override
    public boolean isBad(double chance) {
      return false;
    }

    @Override
    public boolean tells(double chance) {
      return CountStatistics.studentAtLeast(room / error, freedom) < chance;
    }

    @Override
    public double distance() {
      return Math.abs(value - nominal) / room;
    }

    @Override
    public double limit() {
      return value < nominal ? nominal - room : nominal + room;
    }

    @Override
    public String text() {
      // Two digits of the error, and as many decimals of the number.
      int decimals = (int) Math.max(0, Math.min(MOST_DECIMALS, 1 - Math.floor(Math.log10(error))));
      String number = "%,." + decimals + "f";
      return Words.format("%s " + number + " +- " + number + " %s", name, value, error, unit);
    }

    @Override
    public String limits() {
      return nominal == 0
          ? Words.format("limit %s %s", Words.number(room), unit)
          : Words.format(
              "limits %s to %s %s",
              Words.number(nominal - room), Words.number(nominal + room), unit);
    }
  }

  /**
   * The share of muons that left a hit, exactly binomial.
   *
   * @param found those that did
   * @param tested all of them
   * @param warning below this it warns
   * @param bad below this it is bad
   */
  record Efficiency(long found, long tested, double warning, double bad) implements Reading {
    @Override
    public boolean isBeyond(double chance) {
      return value() < warning && CountStatistics.binomialAtMost(found, tested, warning) < chance;
    }

    @Override
    public boolean isWithin(double chance) {
      return CountStatistics.binomialAtLeast(found, tested, warning) < chance;
    }

    @Override
    public boolean isBad(double chance) {
      return value() < bad && CountStatistics.binomialAtMost(found, tested, bad) < chance;
    }

    @Override
    public boolean tells(double chance) {
      // As many missing again as the limit allows.
      long half = Math.round(tested * (2 * warning - 1));
      return CountStatistics.binomialAtMost(half, tested, warning) < chance;
    }

    @Override
    public double distance() {
      return (1 - value()) / (1 - warning);
    }

    @Override
    public double value() {
      return found / (double) tested;
    }

    @Override
    public double limit() {
      return warning;
    }

    @Override
    public long entries() {
      return tested;
    }

    @Override
    public String text() {
      CountStatistics.Interval interval = CountStatistics.binomialInterval(found, tested);
      return Words.format(
          "efficiency %.3f (%.3f to %.3f)", value(), interval.low(), interval.high());
    }

    @Override
    public String limits() {
      return "limit " + Words.number(warning);
    }
  }
}
