package org.driftwatch.viewer.window;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.Typeface;

/** The program's sign: four layers of cells, one hit in each. */
final class Icon {
  private static final int COLUMNS = 4;
  private static final int LAYERS = 4;

  private Icon() {}

  /** In the sizes that desktops ask for. */
  static List<Image> images() {
    return Stream.of(16, 32, 64, 128).<Image>map(Icon::image).toList();
  }

  private static BufferedImage image(int size) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = image.createGraphics();
    Typeface.smooth(g);
    g.setColor(Palette.DARK.card());
    g.fill(new RoundRectangle2D.Double(0, 0, size, size, size * 0.3, size * 0.3));
    double cell = size / (COLUMNS + 1.0);
    for (int layer = 0; layer < LAYERS; layer++) {
      for (int column = 0; column < COLUMNS; column++) {
        boolean hit = column == (layer + 1) / 2;
        g.setColor(hit ? Palette.DARK.chamber(layer) : Palette.DARK.border());
        g.fill(
            new Ellipse2D.Double(
                cell * (column + 0.55), cell * (layer + 0.55), cell * 0.9, cell * 0.9));
      }
    }
    g.dispose();
    return image;
  }
}
