package org.driftwatch.viewer.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Color;
import java.awt.Graphics2D;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.driftwatch.export.WholeFile;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Palette;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureFormatTest {
  @TempDir Path folder;

  /** A plot with a red square. */
  private static final class Square extends Canvas {
    Square() {
      super(40, 30, new Look(Palette.DARK, 1));
      setSize(getPreferredSize());
    }

    @Override
    protected void draw(Graphics2D g) {
      g.setColor(Color.RED);
      g.fillRect(10, 10, 5, 5);
    }
  }

  @ParameterizedTest
  @EnumSource(PictureFormat.class)
  void theEndingOfAFileTellsTheFormat(PictureFormat format) throws Exception {
    Path file = folder.resolve("a.b." + format);
    assertThat(PictureFormat.byEnding(file), is(Optional.of(format)));
    WholeFile.write(file, format.draw(new Square()));
    byte[] written = Files.readAllBytes(file);
    String begins =
        switch (format) {
          case PNG -> "PNG";
          case SVG -> "<?xml";
          case PDF -> "%PDF";
        };
    assertThat(new String(written, 0, 8, "ISO-8859-1"), containsString(begins));
  }

  @Test
  void anotherEndingIsRefusedInOneLine() {
    assertThat(PictureFormat.byEnding(Path.of("a.root")), is(Optional.empty()));
    assertThat(PictureFormat.byEnding(Path.of("png")), is(Optional.empty()));
    Exception refusal =
        assertThrows(IllegalArgumentException.class, () -> PictureFormat.of(Path.of("now.jpeg")));
    assertThat(
        refusal.getMessage(),
        is("now.jpeg: the ending tells the format, expected .png, .svg, .pdf"));
  }

  @Test
  void aPlotAloneStandsOnTheColourOfItsCard() throws Exception {
    Path file = folder.resolve("plot.png");
    WholeFile.write(file, PictureFormat.PNG.draw(new Square()));
    assertThat(ImageIO.read(file.toFile()).getRGB(0, 0), is(Palette.DARK.card().getRGB()));
    assertThat(ImageIO.read(file.toFile()).getRGB(12, 12), is(Color.RED.getRGB()));
  }
}
