package org.driftwatch.viewer.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.Component;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.driftwatch.export.WholeFile;

/** A component as SVG, a unit for a pixel of the design. */
final class SvgPicture {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private SvgPicture() {}

  static WholeFile.Content of(Component component) throws IOException {
    SVGGraphics2D g;
    try {
      g =
          new SVGGraphics2D(
              SVGGeneratorContext.createDefault(
                  DocumentBuilderFactory.newInstance()
                      .newDocumentBuilder()
                      .getDOMImplementation()
                      .createDocument(NAMESPACE, "svg", null)),
              true);
    } catch (ParserConfigurationException e) {
      throw new IOException("this Java makes no XML documents: " + e.getMessage(), e);
    }
    g.getGeneratorContext().setComment("");
    g.setSVGCanvasSize(component.getSize());
    PictureFormat.paint(component, g);
    return file -> {
      try (Writer writer = Files.newBufferedWriter(file, UTF_8)) {
        g.stream(writer, true);
      }
    };
  }
}
