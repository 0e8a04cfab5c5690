package org.driftwatch.export;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.Map;

/**
 * An HDF5 file laid out as NeXus: an {@code NXentry} with an {@code NXdata} for each histogram, its
 * counts as signal and its bin edges as axes. Counts below and above the edges are attributes of
 * the counts, of histograms with one axis. Source: https://manual.nexusformat.org, "NXdata".
 */
final class NexusFile {
  private NexusFile() {}

  /** Writes the file. */
  static void write(Contents contents, Path file) {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("default", "entry");
      WritableGroup entry = hdf.putGroup("entry");
      entry.putAttribute("NX_class", "NXentry");
      if (!contents.plots().isEmpty()) {
        entry.putAttribute("default", contents.plots().get(0).name());
      }
      entry.putDataset("title", "Driftwatch");
      entry.putDataset("definition", "NXentry");
      contents.about().fields().forEach(entry::putAttribute);
      for (Map.Entry<String, Long> number : contents.numbers().entrySet()) {
        entry.putDataset(number.getKey(), number.getValue());
      }
      for (Plot plot : contents.plots()) {
        histogram(entry.putGroup(plot.name()), plot);
      }
    }
  }

  private static void histogram(WritableGroup group, Plot plot) {
    group.putAttribute("NX_class", "NXdata");
    group.putAttribute("signal", "counts");
    group.putDataset("title", plot.title());
    String[] names = new String[plot.axes().size()];
    for (int i = 0; i < names.length; i++) {
      Axis axis = plot.axes().get(i);
      names[i] = plot.axes().size() == 1 ? "edges" : i == 0 ? "x_edges" : "y_edges";
      WritableDataset edges = group.putDataset(names[i], axis.edges());
      edges.putAttribute("long_name", axis.label());
      if (!axis.unit().isEmpty()) {
        edges.putAttribute("units", axis.unit());
      }
      group.putAttribute(names[i] + "_indices", i);
    }
    group.putAttribute("axes", names);
    WritableDataset counts = group.putDataset("counts", counts(plot));
    counts.putAttribute("long_name", "entries");
    if (plot.axes().size() == 1) {
      counts.putAttribute("underflow", plot.count(0));
      counts.putAttribute("overflow", plot.count(plot.cells() - 1));
    }
  }

  /** Counts within the edges, the first axis outermost. */
  private static Object counts(Plot plot) {
    int bins = plot.axes().get(0).bins();
    if (plot.axes().size() == 1) {
      long[] counts = new long[bins];
      for (int i = 0; i < bins; i++) {
        counts[i] = plot.count(i + 1);
      }
      return counts;
    }
    int rows = plot.axes().get(1).bins();
    long[][] counts = new long[bins][rows];
    for (int x = 0; x < bins; x++) {
      for (int y = 0; y < rows; y++) {
        counts[x][y] = plot.count(x + 1, y + 1);
      }
    }
    return counts;
  }
}
