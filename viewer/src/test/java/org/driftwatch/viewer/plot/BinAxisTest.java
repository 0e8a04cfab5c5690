package org.driftwatch.viewer.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.Test;

class BinAxisTest {
  private static List<String> labels(BinAxis axis) {
    return axis.ticks().stream().map(Tick::label).toList();
  }

  @Test
  void occupancyIsNamedByTheRealChannels() {
    assertThat(
        labels(BinAxis.channels(64)),
        is(List.of("64", "72", "80", "88", "96", "104", "112", "120", "127")));
  }

  @Test
  void theBinUnderTheCursorIsTheBinThatIsDrawnThere() {
    for (BinAxis axis :
        List.of(BinAxis.channels(0), BinAxis.activeChannels(), BinAxis.driftTime())) {
      for (int bin = 0; bin < axis.bins(); bin++) {
        assertThat(axis.binAt(axis.middle(bin)), is(bin));
      }
      assertThat(axis.binAt(-0.01), is(-1));
      assertThat(axis.binAt(1), is(-1));
    }
  }

  @Test
  void upToSixteenActiveChannelsAreDrawnWide() {
    BinAxis axis = BinAxis.activeChannels();
    double wide = axis.left(4) - axis.left(3);
    double narrow = axis.left(40) - axis.left(39);
    assertThat(wide, greaterThan(8 * narrow));
    assertThat(axis.left(16), is(axis.squeezedFrom()));
    assertThat(axis.left(64), is(1.0));
    assertThat(labels(axis), hasItem("4"));
  }

  @Test
  void driftTimesLieWhereTheirNanosecondsAre() {
    BinAxis axis = BinAxis.driftTime();
    assertThat(axis.fraction(-150), closeTo(0, 1e-12));
    assertThat(axis.fraction(250), closeTo(0.5, 1e-12));
    assertThat(axis.fraction(650), closeTo(1, 1e-12));
    assertThat(axis.ticks().get(1), is(new Tick(axis.fraction(0), "0")));
  }
}
