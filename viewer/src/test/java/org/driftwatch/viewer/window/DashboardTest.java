package org.driftwatch.viewer.window;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.SwingUtilities;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.verdict.Thresholds;
import org.junit.jupiter.api.Test;

class DashboardTest {
  private static final Dimension SIZE = new Dimension(1280, 800);

  private record Pictures(BufferedImage before, BufferedImage paper, BufferedImage after) {}

  @Test
  void onPaperADarkWindowIsLightAndOnTheScreenItStaysDark() throws Exception {
    AtomicReference<Pictures> drawn = new AtomicReference<>();
    SwingUtilities.invokeAndWait(
        () -> {
          ViewState state =
              new ViewState(
                  Page.OVERVIEW, Accumulation.newestWindow(), false, Theme.DARK, ViewState.NONE);
          Theme.DARK.install();
          Dashboard dashboard =
              new Dashboard(
                  RunConfiguration.course(),
                  Thresholds.standard(),
                  Snapshot.empty(new Connection(Connection.State.LIVE, "here")),
                  state,
                  Clock.systemUTC(),
                  theme -> {},
                  rate -> {});
          BufferedImage before = Picture.of(dashboard, SIZE);
          BufferedImage paper = dashboard.onPaper();
          drawn.set(new Pictures(before, paper, Picture.asShown(dashboard)));
        });

    Pictures pictures = drawn.get();
    assertThat(pictures.before().getRGB(0, 0), is(Palette.DARK.background().getRGB()));
    assertThat(pictures.paper().getRGB(0, 0), is(Palette.LIGHT.background().getRGB()));
    assertThat(pictures.after().getRGB(0, 0), is(Palette.DARK.background().getRGB()));
  }
}
