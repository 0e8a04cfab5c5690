package org.driftwatch.viewer.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventPlotTest {
  private static final Rectangle2D.Double ROOM = new Rectangle2D.Double(10, 20, 100, 50);

  private static Optional<Line2D.Double> within(double x1, double y1, double x2, double y2) {
    return EventPlot.within(ROOM, new Line2D.Double(x1, y1, x2, y2));
  }

  private static void assertLine(
      Optional<Line2D.Double> line, double x1, double y1, double x2, double y2) {
    assertThat(line.orElseThrow().x1, closeTo(x1, 1e-6));
    assertThat(line.orElseThrow().y1, closeTo(y1, 1e-6));
    assertThat(line.orElseThrow().x2, closeTo(x2, 1e-6));
    assertThat(line.orElseThrow().y2, closeTo(y2, 1e-6));
  }

  @Test
  void aLineInThePlotIsDrawnAsItIs() {
    assertLine(within(20, 60, 30, 30), 20, 60, 30, 30);
  }

  @Test
  void ofALineThatGoesOnForMilesOnlyItsPartInThePlotIsDrawn() {
    assertLine(within(-1e9, 45, 1e9, 45), 10, 45, 110, 45);
    assertLine(within(60, 1e9, 60, -1e9), 60, 70, 60, 20);
    assertLine(within(0, 20, 1e6, 20 + 1e6), 10, 30, 50, 70);
  }

  @Test
  void aLineBesideThePlotOrOfNoNumbersIsNotDrawn() {
    assertThat(within(0, 30, 5, 60), is(Optional.empty()));
    assertThat(within(0, 10, 200, 10), is(Optional.empty()));
    assertThat(within(0, 65, 20, 85), is(Optional.empty()));
    assertThat(within(Double.NaN, 30, 50, 60), is(Optional.empty()));
  }
}
