package org.driftwatch.viewer.window;

import java.awt.Component;
import java.awt.image.BufferedImage;
import java.awt.print.PageFormat;
import java.awt.print.PrinterException;
import java.awt.print.PrinterJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.swing.SwingUtilities;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.export.Contents;
import org.driftwatch.export.ExportFormat;
import org.driftwatch.export.WholeFile;
import org.driftwatch.viewer.export.PictureFormat;
import org.driftwatch.viewer.export.PngPicture;
import org.driftwatch.viewer.reference.Reference;
import org.driftwatch.viewer.view.DashboardModel;

/**
 * Saves and prints what is on the screen: pictures, data, references. Files are written on a thread
 * of their own into one folder, under names with the time; the bottom line says where, or why not.
 * For the event thread.
 */
final class Desk {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Dashboard dashboard;
  private final DashboardModel model;
  private final Path folder;
  private final Set<Path> named = new HashSet<>();
  private final ExecutorService writer = thread("writer");

  /** A dialog for printing may stay open for long: files are written meanwhile. */
  private final ExecutorService printer = thread("printer");

  Desk(Dashboard dashboard, DashboardModel model, Path folder) {
    this.dashboard = dashboard;
    this.model = model;
    this.folder = folder;
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Work off the event thread. */
  private interface Work {
    void run() throws IOException;
  }

  private void write(String what, Path file, Work work) {
    writer.execute(
        () -> {
          try {
            work.run();
            say(what + " saved as " + file.toAbsolutePath().normalize(), false);
          } catch (IOException e) {
            say(what + " not saved: " + e.getMessage(), true);
          }
        });
  }

  private void say(String words, boolean failure) {
    SwingUtilities.invokeLater(() -> dashboard.say(words, failure));
  }

  /** A name with the time; a second one of the same second gets a number. */
  private Path file(String what, String ending) {
    String name = "driftwatch-" + what + "-" + STAMP.format(model.now());
    Path file = folder.resolve(name + "." + ending);
    for (int i = 2; Files.exists(file) || !named.add(file); i++) {
      file = folder.resolve(name + "-" + i + "." + ending);
    }
    return file;
  }

  /** Draws a part of the window into a file; what is no picture of pixels, in colours for paper. */
  void picture(String what, Component component, PictureFormat format) {
    picture(component, format, file(what, format.ending()));
  }

  private void picture(Component component, PictureFormat format, Path file) {
    try {
      WholeFile.Content drawn =
          format == PictureFormat.PNG
              ? format.draw(component)
              : dashboard.onPaper(() -> format.draw(component));
      write("Picture", file, () -> WholeFile.write(file, drawn));
    } catch (IOException e) {
      dashboard.say("Picture not saved: " + e.getMessage(), true);
    }
  }

  /** Writes the histograms of the stretch that is shown. */
  void data(String ending) {
    data(file("data", ending));
  }

  private void data(Path file) {
    if (model.shown().isEmpty()) {
      dashboard.say("Data not saved: no window is shown", true);
      return;
    }
    DetectorDescription description =
        model.detector().description().orElseGet(DetectorDescription::course);
    Contents contents = Contents.of(model.shown().get(), description, model.about());
    Instant now = model.now();
    write("Data", file, () -> ExportFormat.of(file).write(contents, file, now));
  }

  /**
   * Writes a file under a name that the user chose, in the format of its ending: the histograms of
   * the stretch that is shown, or a picture of the view.
   */
  void saveAs(Path file) {
    Optional<PictureFormat> picture = PictureFormat.byEnding(file);
    if (picture.isPresent()) {
      picture(dashboard.view(), picture.get(), file);
    } else {
      data(file);
    }
  }

  void saveReference() {
    if (model.shown().isEmpty()) {
      dashboard.say("Reference not saved: no window is shown", true);
      return;
    }
    Path file = file("reference", "json");
    Reference reference =
        new Reference(
            file.getFileName().toString(),
            model.detector().name(),
            model.windowsShown(),
            model.shown().get());
    write("Reference", file, () -> reference.save(file));
  }

  void loadReference(Path file) {
    writer.execute(
        () -> {
          try {
            Reference reference = Reference.load(file);
            SwingUtilities.invokeLater(() -> compare(reference));
          } catch (IOException e) {
            say("Reference not loaded: " + e.getMessage(), true);
          }
        });
  }

  private void compare(Reference reference) {
    try {
      model.compareWith(reference);
      dashboard.say("Compared with " + reference.name() + ", scaled to entries", false);
    } catch (IOException e) {
      dashboard.say("Reference not loaded: " + e.getMessage(), true);
    }
  }

  /** Prints the window on a landscape page, as large as fits, light even if the screen is dark. */
  void print() {
    BufferedImage image = dashboard.onPaper(() -> PngPicture.image(dashboard));
    printer.execute(
        () -> {
          try {
            PrinterJob job = PrinterJob.getPrinterJob();
            if (PrinterJob.lookupPrintServices().length == 0) {
              say("Not printed: no printer is set up on this machine", true);
              return;
            }
            job.setJobName("Driftwatch");
            PageFormat page = job.defaultPage();
            page.setOrientation(PageFormat.LANDSCAPE);
            job.setPrintable(new Printout(image), page);
            if (job.printDialog()) {
              job.print();
              say("Printed", false);
            }
          } catch (PrinterException e) {
            say("Not printed: " + Printout.reason(e), true);
          }
        });
  }

  Path folder() {
    return folder;
  }
}
