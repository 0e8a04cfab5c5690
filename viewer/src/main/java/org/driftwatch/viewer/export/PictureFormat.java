package org.driftwatch.viewer.export;

import java.awt.Component;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.driftwatch.export.WholeFile;

/** The formats of pictures, by the endings of their files. */
public enum PictureFormat {
  /** The pixels of the screen. */
  PNG,
  /** Lines and areas; letters are curves, so that it looks the same without the fonts. */
  SVG,
  /** Lines and areas on a page of the size of what is drawn; letters are text. */
  PDF;

  /** The ending of its files, without a dot. */
  public String ending() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of a file; empty where its ending is of none. */
  public static Optional<PictureFormat> byEnding(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(f -> name.endsWith("." + f.ending())).findFirst();
  }

  /**
   * The format of a file.
   *
   * @throws IllegalArgumentException in one line, where its ending is of none
   */
  public static PictureFormat of(Path file) {
    return byEnding(file)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    file
                        + ": the ending tells the format, expected "
                        + Arrays.stream(values())
                            .map(f -> "." + f.ending())
                            .collect(Collectors.joining(", "))));
  }

  /**
   * Draws a component as it stands there. On the event thread.
   *
   * @return writes what was drawn, once, on any thread
   * @throws IOException if the format cannot be drawn here
   */
  public WholeFile.Content draw(Component component) throws IOException {
    return switch (this) {
      case PNG -> PngPicture.of(component);
      case SVG -> SvgPicture.of(component);
      case PDF -> PdfPicture.of(component);
    };
  }

  /** Draws a component, on its background where that shines through. */
  static void paint(Component component, Graphics2D g) {
    if (!component.isOpaque()) {
      g.setColor(component.getBackground());
      g.fillRect(0, 0, component.getWidth(), component.getHeight());
    }
    component.printAll(g);
  }
}
