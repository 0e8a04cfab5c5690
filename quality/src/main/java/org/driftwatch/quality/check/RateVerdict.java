package org.driftwatch.quality.check;

import java.util.List;
import java.util.OptionalDouble;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;

/**
 * What a rate's state means, in words.
 *
 * @param check the check
 * @param name what it is the rate of
 * @param lowWarning factor down to which it may fall
 * @param lowBad factor below which that is bad
 * @param highWarning factor up to which it may rise
 * @param highBad factor above which that is bad
 */
record RateVerdict(
    Check check,
    String name,
    double lowWarning,
    double lowBad,
    double highWarning,
    double highBad) {

  Verdict of(Subject subject, Rates.State state) {
    String now = Words.number(state.hz());
    String before = Words.number(state.beforeHz());
    String stretch = Words.time(state.stretch().seconds());
    if (state.direction() == 0) {
      return new Verdict(
          subject,
          check,
          state.isDecided() ? Level.GOOD : Level.UNDECIDED,
          state.stretch().seconds(),
          state.hz(),
          lowWarning * state.beforeHz(),
          state.count(),
          expected(state),
          List.of(),
          state.isDecided()
              ? Words.format(
                  "%s %s/s in %s, %s/s before; limits %s and %s times that",
                  name, now, stretch, before, Words.number(lowWarning), Words.number(highWarning))
              : Words.format("%s %s/s in %s: too little to judge", name, now, stretch));
    }
    boolean hasFallen = state.direction() < 0;
    boolean isBad = hasFallen ? state.factor() < lowBad : state.factor() > highBad;
    double limit = hasFallen ? lowWarning : highWarning;
    String change =
        hasFallen
            ? "fell to " + Words.percent(state.factor())
            : "rose to " + Words.number(state.factor()) + " times";
    return new Verdict(
        subject,
        check,
        isBad ? Level.BAD : Level.WARNING,
        state.stretch().seconds(),
        state.hz(),
        limit * state.beforeHz(),
        state.count(),
        expected(state),
        List.of(),
        Words.format(
            "%s %s: %s/s in %s, %s/s expected; limit %s of that",
            name, change, now, stretch, before, Words.percent(limit)));
  }

  private static OptionalDouble expected(Rates.State state) {
    return state.beforeHz() > 0 ? OptionalDouble.of(state.beforeHz()) : OptionalDouble.empty();
  }
}
