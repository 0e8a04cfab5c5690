package org.driftwatch.viewer.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class StillTest {
  private static final Rectangle PLACE = new Rectangle(3, 2, 4, 5);

  private final Still still = new Still();
  private final BufferedImage screen = new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB);
  private int painted;

  private void draw(Rectangle place, Object of, Color color) {
    draw(place, of, color, false);
  }

  private void draw(Rectangle place, Object of, Color color, boolean forPrint) {
    Graphics2D g = screen.createGraphics();
    still.draw(
        g,
        place,
        List.of(of),
        forPrint,
        into -> {
          painted++;
          into.setColor(color);
          into.fillRect(place.x, place.y, 2, 100);
        });
    g.dispose();
  }

  private int at(int x, int y) {
    return screen.getRGB(x, y) & 0xFFFFFF;
  }

  @Test
  void whatStaysTheSameIsPaintedOnceAndDrawnWhereItIs() {
    draw(PLACE, "a", Color.RED);
    draw(new Rectangle(5, 2, 4, 5), "a", Color.RED);
    assertThat(painted, is(1));
    assertThat(at(3, 2), is(0xFF0000));
    assertThat("moved", at(6, 6), is(0xFF0000));
    assertThat("beyond its place", at(3, 7), is(0));
    assertThat("what is not painted shows what is below", at(7, 2), is(0));
  }

  @Test
  void whatHasChangedIsPaintedAnewOnNothing() {
    draw(PLACE, "a", Color.RED);
    draw(PLACE, "b", new Color(0, 0, 255, 0));
    assertThat(painted, is(2));
    screen.setRGB(3, 2, 0);
    draw(PLACE, "b", Color.RED);
    assertThat("nothing is left of the first", at(3, 2), is(0));
    draw(new Rectangle(3, 2, 5, 5), "b", Color.GREEN);
    assertThat("another size", at(3, 2), is(0x00FF00));
  }

  @Test
  void forPrintItIsPaintedEachTimeAndCutOffWhereItEnds() {
    draw(PLACE, "a", Color.RED, true);
    draw(PLACE, "a", Color.RED, true);
    assertThat(painted, is(2));
    assertThat(at(3, 2), is(0xFF0000));
    assertThat("beyond its place", at(3, 7), is(0));
  }
}
