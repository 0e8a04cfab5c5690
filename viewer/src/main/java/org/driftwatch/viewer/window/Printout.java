package org.driftwatch.viewer.window;

import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.print.PageFormat;
import java.awt.print.Printable;
import java.awt.print.PrinterException;

/** A picture on one page, as large as fits, from the upper left corner. */
final class Printout implements Printable {
  private final BufferedImage image;

  Printout(BufferedImage image) {
    this.image = image;
  }

  @Override
  public int print(Graphics graphics, PageFormat format, int page) {
    if (page > 0) {
      return NO_SUCH_PAGE;
    }
    double scale =
        Math.min(
            format.getImageableWidth() / image.getWidth(),
            format.getImageableHeight() / image.getHeight());
    AffineTransform place =
        AffineTransform.getTranslateInstance(format.getImageableX(), format.getImageableY());
    place.scale(scale, scale);
    ((Graphics2D) graphics).drawRenderedImage(image, place);
    return PAGE_EXISTS;
  }

  /**
   * Why printing failed: an exception of the printing system often names the reason in its cause
   * only.
   */
  static String reason(PrinterException failure) {
    Throwable reason = failure;
    while (reason.getMessage() == null && reason.getCause() != null) {
      reason = reason.getCause();
    }
    return reason.getMessage() == null
        ? "the printing system gives no reason"
        : reason.getMessage();
  }
}
