package org.driftwatch.benchmarks.report;

/**
 * A number to be reached, and the number that was.
 *
 * @param what the quantity with its unit
 * @param wanted the number to be reached
 * @param most true where it must not be exceeded, false where it must be attained
 * @param reached the number that was
 */
public record Target(String what, double wanted, boolean most, double reached) {
  /** A number that must be attained. */
  public static Target atLeast(String what, double wanted, double reached) {
    return new Target(what, wanted, false, reached);
  }

  /** A number that must not be exceeded. */
  public static Target atMost(String what, double wanted, double reached) {
    return new Target(what, wanted, true, reached);
  }

  /** True where it is reached. */
  public boolean isMet() {
    return most ? reached <= wanted : reached >= wanted;
  }
}
