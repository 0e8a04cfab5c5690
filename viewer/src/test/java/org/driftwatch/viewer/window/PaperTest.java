package org.driftwatch.viewer.window;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.swing.SwingUtilities;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.driftwatch.detector.MuonEvents;
import org.driftwatch.export.WholeFile;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.viewer.ManualClocks;
import org.driftwatch.viewer.Muons;
import org.driftwatch.viewer.SimulatedEvents;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.export.PictureFormat;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.EventLog;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Judging;
import org.driftwatch.viewer.view.Page;
import org.driftwatch.viewer.view.Theme;
import org.driftwatch.viewer.view.ViewState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

/** What is drawn for paper looks as on the screen, and consists of lines and letters. */
class PaperTest {
  private static final Connection LIVE = new Connection(Connection.State.LIVE, "test");
  private static final int DPI = 96;

  @TempDir Path folder;
  private Snapshot newest = Snapshot.empty(LIVE);
  private BufferedImage pixels;

  private Snapshot windows() {
    Random random = new Random(31);
    SnapshotFeed feed = new SnapshotFeed(LIVE, Clocks.system(), snapshot -> newest = snapshot);
    for (int n = 0; n < 200; n++) {
      feed.window(Muons.window(Summaries.COURSE, n, 20, random), Summaries.start(n + 1));
    }
    feed.batchEnded();
    return newest;
  }

  private Path draw(Page page, PictureFormat format) throws Exception {
    Path file = folder.resolve(page + "." + format.ending());
    DashboardModel model =
        new DashboardModel(
            Summaries.COURSE,
            Thresholds.standard(),
            windows(),
            new ViewState(page, Accumulation.sinceStart(), false, Theme.LIGHT),
            new ManualClocks(Summaries.start(200)).clocks(),
            new Judging(Runnable::run, Runnable::run));
    WholeFile.Content[] drawn = new WholeFile.Content[1];
    Exception[] failure = new Exception[1];
    SwingUtilities.invokeAndWait(
        () -> {
          LookAndFeel.install(Theme.LIGHT);
          Dashboard dashboard = new Dashboard(model, theme -> {}, rate -> {});
          MuonEvents muons = SimulatedEvents.window(Summaries.COURSE, 199, 0, 1, new Random(9));
          model.events(
              new EventLog(
                  List.of(new EventLog.Entry(muons.window(), 0, muons.events().get(0))), ""));
          pixels = Picture.of(dashboard, Dashboard.DESIGN);
          try {
            drawn[0] = format.draw(dashboard);
          } catch (Exception e) {
            failure[0] = e;
          }
        });
    if (failure[0] != null) {
      throw failure[0];
    }
    WholeFile.write(file, drawn[0]);
    return file;
  }

  private static double difference(BufferedImage one, BufferedImage other) {
    assertThat(other.getWidth(), is(one.getWidth()));
    assertThat(other.getHeight(), is(one.getHeight()));
    long sum = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        int a = one.getRGB(x, y);
        int b = other.getRGB(x, y);
        for (int shift = 0; shift < 24; shift += 8) {
          sum += Math.abs((a >> shift & 0xff) - (b >> shift & 0xff));
        }
      }
    }
    return sum / 3.0 / one.getWidth() / one.getHeight();
  }

  @ParameterizedTest
  @EnumSource(Page.class)
  void aPdfOfAPageLooksLikeTheScreenAndItsTextCanBeRead(Page page) throws Exception {
    try (PDDocument document = Loader.loadPDF(draw(page, PictureFormat.PDF).toFile())) {
      BufferedImage rendered = new PDFRenderer(document).renderImageWithDPI(0, DPI);
      assertThat(difference(pixels, rendered), is(lessThan(2.5)));
      assertThat(new PDFTextStripper().getText(document), containsString("Chambers"));
      for (COSObject part : document.getDocument().getObjectsByType(COSName.XOBJECT)) {
        COSName kind = ((COSDictionary) part.getObject()).getCOSName(COSName.SUBTYPE);
        assertThat("an image", kind, is(COSName.FORM));
      }
    }
  }

  @Test
  void twoPagesDifferMoreThanAPageAndItsPdf() throws Exception {
    draw(Page.MUONS, PictureFormat.PNG);
    BufferedImage muons = pixels;
    draw(Page.CHAMBERS, PictureFormat.PNG);
    assertThat(difference(muons, pixels), is(greaterThan(4.0)));
  }

  @ParameterizedTest
  @EnumSource(Page.class)
  void anSvgOfAPageIsLinesAndAreasOfItsSize(Page page) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    Document document = factory.newDocumentBuilder().parse(draw(page, PictureFormat.SVG).toFile());
    assertThat(document.getDocumentElement().getAttribute("width"), is("1600"));
    assertThat(document.getDocumentElement().getAttribute("height"), is("1000"));
    assertThat(document.getElementsByTagName("path").getLength(), is(greaterThan(50)));
    assertThat("images", document.getElementsByTagName("image").getLength(), is(0));
  }
}
