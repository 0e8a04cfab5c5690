package org.driftwatch.viewer.window;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.print.PageFormat;
import java.awt.print.Paper;
import java.awt.print.PrinterAbortException;
import java.awt.print.PrinterException;
import java.awt.print.PrinterIOException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.print.DocFlavor;
import javax.print.SimpleDoc;
import javax.print.StreamPrintService;
import javax.print.StreamPrintServiceFactory;
import javax.print.attribute.HashPrintRequestAttributeSet;
import javax.print.attribute.standard.OrientationRequested;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PrintoutTest {
  private static final DocFlavor PAGES = DocFlavor.SERVICE_FORMATTED.PRINTABLE;

  private final BufferedImage image = filled(1280, 800, Color.RED);

  private static BufferedImage filled(int width, int height, Color color) {
    BufferedImage filled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = filled.createGraphics();
    g.setColor(color);
    g.fillRect(0, 0, width, height);
    g.dispose();
    return filled;
  }

  @Test
  void thePictureFillsThePageWithinItsMarginsUndistorted() {
    Paper paper = new Paper();
    paper.setSize(600, 500);
    paper.setImageableArea(50, 40, 500, 420);
    PageFormat format = new PageFormat();
    format.setPaper(paper);
    BufferedImage page = filled(600, 500, Color.WHITE);
    Graphics2D g = page.createGraphics();
    assertThat(new Printout(image).print(g, format, 0), is(Printout.PAGE_EXISTS));
    g.dispose();
    int left = page.getWidth();
    int top = page.getHeight();
    int right = -1;
    int bottom = -1;
    for (int y = 0; y < page.getHeight(); y++) {
      for (int x = 0; x < page.getWidth(); x++) {
        if (page.getRGB(x, y) == Color.RED.getRGB()) {
          left = Math.min(left, x);
          top = Math.min(top, y);
          right = Math.max(right, x);
          bottom = Math.max(bottom, y);
        }
      }
    }
    assertThat(left, is(50));
    assertThat(right, is(549));
    assertThat(top, is(40));
    assertThat(Math.abs(bottom - (40 + 500 * 800 / 1280)), lessThan(2));
  }

  @Test
  void aPrinterGetsOnePage() throws Exception {
    StreamPrintServiceFactory[] printers =
        StreamPrintServiceFactory.lookupStreamPrintServiceFactories(
            PAGES, DocFlavor.BYTE_ARRAY.POSTSCRIPT.getMimeType());
    Assumptions.assumeTrue(printers.length > 0, "this Java writes no PostScript");
    ByteArrayOutputStream paper = new ByteArrayOutputStream();
    StreamPrintService printer = printers[0].getPrintService(paper);
    HashPrintRequestAttributeSet lying = new HashPrintRequestAttributeSet();
    lying.add(OrientationRequested.LANDSCAPE);
    printer.createPrintJob().print(new SimpleDoc(new Printout(image), PAGES, null), lying);
    String text = paper.toString(ISO_8859_1);
    assertThat(text, startsWith("%!PS-Adobe"));
    assertThat("pages", text.lines().filter(line -> line.equals("showpage")).count(), is(1L));
  }

  @Test
  void whyAPageDidNotComeOutIsSaidWhateverThePrintingSystemThrows() {
    IOException cause = new IOException("Cannot run program \"/usr/bin/lpr\"");

    assertThat(Printout.reason(new PrinterIOException(cause)), is(cause.getMessage()));
    assertThat(Printout.reason(new PrinterException("paper jam")), is("paper jam"));
    assertThat(
        Printout.reason(new PrinterAbortException()), is("the printing system gives no reason"));
  }
}
