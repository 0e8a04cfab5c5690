package org.driftwatch.viewer.export;

import com.formdev.flatlaf.fonts.roboto.FlatRobotoFont;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.Component;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.text.AttributedCharacterIterator;
import java.text.CharacterIterator;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;
import org.driftwatch.export.WholeFile;

/** A component as a page of PDF. */
final class PdfPicture {
  /** A pixel of the design in points, at 96 dpi. */
  private static final float POINTS = 0.75f;

  private PdfPicture() {}

  static WholeFile.Content of(Component component) throws IOException {
    int width = component.getWidth();
    int height = component.getHeight();
    PDDocument document = new PDDocument();
    try {
      PDPage page = new PDPage(new PDRectangle(width * POINTS, height * POINTS));
      document.addPage(page);
      PdfBoxGraphics2D g = new PdfBoxGraphics2D(document, width, height);
      try {
        g.setFontTextDrawer(new Letters());
        PictureFormat.paint(component, g);
      } finally {
        g.dispose();
      }
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.transform(Matrix.getScaleInstance(POINTS, POINTS));
        content.drawForm(g.getXFormObject());
      }
    } catch (IOException | RuntimeException e) {
      document.close();
      throw e;
    }
    return file -> {
      try (document) {
        document.save(file.toFile());
      }
    };
  }

  /** Text in the screen's fonts, as far as they have its letters; others become curves. */
  private static final class Letters extends PdfBoxGraphics2DFontTextDrawer {
    Letters() throws IOException {
      for (String style : List.of(FlatRobotoFont.STYLE_REGULAR, FlatRobotoFont.STYLE_SEMIBOLD)) {
        registerFont(FlatRobotoFont.class.getResourceAsStream(style));
      }
    }

    @Override
    public boolean canDrawText(AttributedCharacterIterator text, IFontTextDrawerEnv environment)
        throws IOException, FontFormatException {
      Font font = environment.getFont();
      for (char c = text.first(); c != CharacterIterator.DONE; c = text.next()) {
        if (!font.canDisplay(c)) {
          text.first();
          return false;
        }
      }
      text.first();
      return super.canDrawText(text, environment);
    }
  }
}
