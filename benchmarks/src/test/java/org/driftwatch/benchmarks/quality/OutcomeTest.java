package org.driftwatch.benchmarks.quality;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final FaultCase.Drawn SCINTILLATOR =
      FaultCase.SCINTILLATOR_DEAD.draw(DetectorDescription.course(), new SplittableRandom(1));
  private static final long FROM = 10_000;
  private static final long TO = 20_000;

  @Test
  void timesCountFromTheFaultsBeginningAndEnd() {
    Outcome outcome = outcome(List.of(alarm(Check.SCINTILLATOR, Level.BAD, 13_300, 21_300)));

    assertThat(outcome.said(), is(3.3));
    assertThat(outcome.level(), is(Level.BAD));
    assertThat(outcome.gaps(), is(empty()));
    assertThat(outcome.cleared(), is(1.3));
  }

  @Test
  void whatIsSaidNoLongerWhileItLastsIsAGap() {
    Outcome outcome =
        outcome(
            List.of(
                alarm(Check.SCINTILLATOR, Level.WARNING, 13_000, 15_000),
                alarm(Check.SCINTILLATOR, Level.BAD, 16_000, 19_000)));

    assertThat(outcome.gaps(), contains(new Outcome.Gap(5, 6), new Outcome.Gap(9, 10)));
    assertThat(outcome.cleared(), is(0.0));
  }

  @Test
  void whatIsNotSaidIsNotANumberAndSoIsWhatIsNotOver() {
    assertThat(outcome(List.of()).said(), is(Double.NaN));
    assertThat(
        outcome(List.of(alarm(Check.SCINTILLATOR, Level.BAD, 13_000, Episode.NEVER))).cleared(),
        is(Double.NaN));
  }

  @Test
  void alarmsOfSomethingElseAreListedUnlessTheyComeWithoutTheFaultToo() {
    Episode rate = alarm(Check.RATE, Level.WARNING, 14_000, 16_000);
    Episode muons = alarm(Check.MUON_PEAK, Level.WARNING, 15_000, 16_000);
    Episode before = alarm(Check.SHARE, Level.WARNING, 9_000, 16_000);

    Outcome outcome =
        Outcome.of(
            SCINTILLATOR,
            List.of(rate, muons, before),
            List.of(alarm(Check.MUON_PEAK, Level.WARNING, 17_000, 18_000)),
            FROM,
            TO);

    assertThat(outcome.others(), contains(rate));
  }

  private static Outcome outcome(List<Episode> episodes) {
    return Outcome.of(SCINTILLATOR, episodes, List.of(), FROM, TO);
  }

  private static Episode alarm(Check check, Level level, long raised, long cleared) {
    Verdict verdict =
        new Verdict(
            Subject.RUN, check, level, 1, 0, 0, 0, OptionalDouble.empty(), List.of(), "said");
    Episode episode = new Episode(verdict, OptionalInt.empty(), raised);
    episode.clear(cleared);
    return episode;
  }
}
