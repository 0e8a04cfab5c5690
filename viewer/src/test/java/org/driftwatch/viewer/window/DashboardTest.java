package org.driftwatch.viewer.window;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.emulator.Pace;
import org.driftwatch.viewer.export.PngPicture;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Judging;
import org.driftwatch.viewer.view.Page;
import org.driftwatch.viewer.view.Theme;
import org.driftwatch.viewer.view.ViewState;
import org.junit.jupiter.api.Test;

class DashboardTest {
  private static final Dimension SIZE = new Dimension(1280, 800);

  private record Pictures(
      BufferedImage before, BufferedImage paper, BufferedImage after, Color button) {}

  @Test
  void onPaperADarkWindowIsLightAndOnTheScreenItStaysDark() throws Exception {
    AtomicReference<Pictures> drawn = new AtomicReference<>();
    SwingUtilities.invokeAndWait(
        () -> {
          ViewState state =
              new ViewState(Page.OVERVIEW, Accumulation.newestWindow(), false, Theme.DARK);
          LookAndFeel.install(Theme.DARK);
          Dashboard dashboard =
              new Dashboard(
                  new DashboardModel(
                      Summaries.COURSE,
                      Thresholds.standard(),
                      Snapshot.empty(new Connection(Connection.State.LIVE, "here")),
                      state,
                      Clocks.system(),
                      new Judging(Runnable::run, Runnable::run)),
                  theme -> {},
                  rate -> {});
          dashboard.rate().show(Optional.of(Pace.rate(1000)));
          BufferedImage before = Picture.of(dashboard, SIZE);
          BufferedImage paper = dashboard.onPaper(() -> PngPicture.image(dashboard));
          BufferedImage after = PngPicture.image(dashboard);
          Color button = UIManager.getColor("Button.background");
          drawn.set(new Pictures(before, paper, after, button));
        });

    Pictures pictures = drawn.get();
    assertThat(pictures.before().getRGB(0, 0), is(Palette.DARK.background().getRGB()));
    assertThat(pictures.paper().getRGB(0, 0), is(Palette.LIGHT.background().getRGB()));
    assertThat(pictures.after().getRGB(0, 0), is(Palette.DARK.background().getRGB()));
    assertThat("buttons before", shows(pictures.before(), pictures.button()));
    assertThat("buttons on paper", !shows(pictures.paper(), pictures.button()));
    assertThat("buttons after", shows(pictures.after(), pictures.button()));
  }

  private static boolean shows(BufferedImage picture, Color color) {
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    return Arrays.stream(pixels).anyMatch(pixel -> pixel == color.getRGB());
  }
}
