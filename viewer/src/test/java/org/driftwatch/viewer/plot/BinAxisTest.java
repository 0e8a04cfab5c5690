package org.driftwatch.viewer.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.List;
import org.junit.jupiter.api.Test;

class BinAxisTest {
  private static List<String> labels(BinAxis axis) {
    return axis.ticks().stream().map(Tick::label).toList();
  }

  @Test
  void occupancyIsNamedByTheRealChannels() {
    assertThat(
        labels(BinAxis.channels("TDC channel", 64, 64)),
        is(List.of("64", "72", "80", "88", "96", "104", "112", "120", "127")));
  }

  @Test
  void theBinUnderTheCursorIsTheBinThatIsDrawnThere() {
    for (BinAxis axis :
        List.of(BinAxis.channels("cell", 0, 64), BinAxis.activeChannels(64), BinAxis.driftTime())) {
      for (int bin = 0; bin < axis.bins(); bin++) {
        assertThat(axis.binAt(axis.middle(bin)), is(bin));
      }
      assertThat(axis.binAt(-0.01), is(-1));
      assertThat(axis.binAt(1), is(-1));
    }
  }

  @Test
  void upToSixteenActiveChannelsAreDrawnWide() {
    BinAxis axis = BinAxis.activeChannels(64);
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

  @Test
  void anyNumberOfCellsHasItsAxis() {
    for (int cells = 1; cells <= 1024; cells++) {
      for (BinAxis axis :
          List.of(BinAxis.channels("cell", 0, cells), BinAxis.activeChannels(cells))) {
        assertThat(axis.bins(), is(cells));
        assertThat(axis.left(0), is(0.0));
        assertThat(axis.left(cells), closeTo(1, 1e-12));
        for (int bin = 0; bin < cells; bin++) {
          assertThat(axis.binAt(axis.middle(bin)), is(bin));
        }
        assertThat(axis.ticks().size(), lessThanOrEqualTo(13));
      }
    }
  }

  @Test
  void fewActiveChannelsAreAllDrawnAlike() {
    assertThat(BinAxis.activeChannels(12).squeezedFrom(), is(1.0));
    assertThat(BinAxis.activeChannels(17).squeezedFrom(), is(1.0));
    assertThat(labels(BinAxis.activeChannels(12)), hasItem("12"));
    assertThat(labels(BinAxis.activeChannels(48)), hasItem("48"));
  }
}
