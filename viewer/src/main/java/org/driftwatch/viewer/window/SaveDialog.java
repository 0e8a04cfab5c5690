package org.driftwatch.viewer.window;

import java.awt.Component;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.swing.JFileChooser;
import javax.swing.JOptionPane;
import javax.swing.filechooser.FileNameExtensionFilter;
import org.driftwatch.export.ExportFormat;
import org.driftwatch.viewer.export.PictureFormat;

/** Asks for a file to save to, and its format. For the event thread. */
final class SaveDialog {
  private static final String TITLE = "Save the data shown, or a picture of the view";

  private SaveDialog() {}

  /**
   * Asks until the user names a file that he may write or gives up.
   *
   * @return a file whose ending is that of a format; empty if he has given up
   */
  static Optional<Path> ask(Component owner, Path folder) {
    JFileChooser chooser = new JFileChooser(folder.toFile());
    chooser.setDialogTitle(TITLE);
    chooser.setAcceptAllFileFilterUsed(false);
    List<FileNameExtensionFilter> formats = formats();
    formats.forEach(chooser::addChoosableFileFilter);
    chooser.setFileFilter(formats.get(0));
    while (chooser.showSaveDialog(owner) == JFileChooser.APPROVE_OPTION) {
      File chosen = chooser.getSelectedFile();
      FileNameExtensionFilter format = (FileNameExtensionFilter) chooser.getFileFilter();
      // An ending that is typed counts more than the format that happens to be chosen.
      boolean hasEnding = !chosen.isDirectory() && formats.stream().anyMatch(f -> f.accept(chosen));
      Path file = hasEnding ? chosen.toPath() : Path.of(chosen + "." + format.getExtensions()[0]);
      if (!Files.exists(file) || mayReplace(owner, file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static boolean mayReplace(Component owner, Path file) {
    String question = file.getFileName() + " is there already. Replace it?";
    return JOptionPane.showConfirmDialog(owner, question, TITLE, JOptionPane.OK_CANCEL_OPTION)
        == JOptionPane.OK_OPTION;
  }

  private static List<FileNameExtensionFilter> formats() {
    List<FileNameExtensionFilter> formats = new ArrayList<>();
    for (ExportFormat format : ExportFormat.values()) {
      String words =
          switch (format) {
            case ROOT -> "Data for ROOT";
            case JSON -> "Data as UHI histograms";
            case HDF5 -> "Data as HDF5 (NeXus)";
            case CSV -> "Data as CSV";
          };
      formats.add(filter(words, format.endings()));
    }
    for (PictureFormat format : PictureFormat.values()) {
      formats.add(filter("Picture as " + format, List.of(format.ending())));
    }
    return formats;
  }

  private static FileNameExtensionFilter filter(String words, List<String> endings) {
    String all = endings.stream().map(e -> "*." + e).reduce((a, b) -> a + ", " + b).orElseThrow();
    return new FileNameExtensionFilter(
        String.format(Locale.ROOT, "%s (%s)", words, all), endings.toArray(String[]::new));
  }
}
