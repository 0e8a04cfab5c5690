package org.driftwatch.viewer.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.Histogram;
import org.driftwatch.viewer.plot.HistogramView.Decoration;
import org.junit.jupiter.api.Test;

class HistogramPainterTest {
  private static final int WIDTH = 400;
  private static final int HIGH = 300;
  private static final int LOW = 150;
  private static final BinAxis AXIS = BinAxis.channels("TDC channel", 0, 64);
  private static final Zoom RIGHT_HALF = new Zoom(0.5, 1);

  /** A level histogram of 64 channels but for the first one. */
  private static HistogramView view(long first) {
    long[] counts = new long[AXIS.bins()];
    Arrays.fill(counts, 10);
    counts[0] = first;
    return new HistogramView(
        Heading.NONE,
        AXIS,
        Optional.of(Histogram.of(ChamberHistogram.OCCUPANCY.edges(0, 64), counts, 0, 0)),
        bin -> "",
        Decoration.marked(List.of()));
  }

  private static HistogramView compared(HistogramView view) {
    return view.with(
        new HistogramView.Overlay(view.histogram().orElseThrow(), 1, List.of(), false));
  }

  private static BufferedImage painted(HistogramView view, int height, Zoom zoom, int readBin) {
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    PlotArea area = new PlotArea(g, WIDTH, height, new Look(Palette.DARK, 1));
    new HistogramPainter(area, view, zoom, false, Color.BLUE).paint(readBin);
    g.dispose();
    return image;
  }

  /** The colour in the middle of a bin, at a height from 0, the base line, to 1. */
  private static Color at(BufferedImage image, Zoom zoom, int bin, double height) {
    Rectangle2D.Double data = PlotArea.dataArea(WIDTH, image.getHeight());
    double x = data.x + zoom.shown(AXIS.middle(bin)) * data.width;
    return new Color(image.getRGB((int) x, (int) (data.y + (1 - height) * data.height)));
  }

  private static boolean inked(Color color) {
    return color.getBlue() > color.getRed() + 60;
  }

  @Test
  void theRatioToTheReferenceIsDrawnBelowTheCountsIfThereIsRoom() {
    HistogramView view = view(10);
    BufferedImage without = painted(view, HIGH, Zoom.WHOLE, -1);
    assertThat(inked(at(without, Zoom.WHOLE, 20, 0.05)), is(true));
    BufferedImage with = painted(compared(view), HIGH, Zoom.WHOLE, -1);
    assertThat(inked(at(with, Zoom.WHOLE, 20, 0.05)), is(false));
    assertThat("the counts above it", inked(at(with, Zoom.WHOLE, 20, 0.4)), is(true));
    BufferedImage low = painted(compared(view), LOW, Zoom.WHOLE, -1);
    assertThat("no room", inked(at(low, Zoom.WHOLE, 20, 0.05)), is(true));
  }

  @Test
  void aBinOutsideTheZoomDoesNotSetTheScale() {
    HistogramView view = view(1_000);
    assertThat(inked(at(painted(view, HIGH, Zoom.WHOLE, -1), Zoom.WHOLE, 48, 0.5)), is(false));
    assertThat(inked(at(painted(view, HIGH, RIGHT_HALF, -1), RIGHT_HALF, 48, 0.5)), is(true));
  }

  @Test
  void aBinThatIsReadIsMarkedByALineFromTopToBottom() {
    Color text = Palette.DARK.text();
    BufferedImage read = painted(view(10), HIGH, Zoom.WHOLE, 30);
    for (double height : new double[] {0.1, 0.5, 0.95}) {
      assertThat(at(read, Zoom.WHOLE, 30, height), is(text));
      assertThat(at(read, Zoom.WHOLE, 32, height).equals(text), is(false));
    }
  }
}
