package org.driftwatch.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * Histograms as CSV, a line per bin, after lines of what they are of that begin with {@code #}: a
 * bin's edges along x and, of two axes, along y. Under- and overflow have one edge left empty.
 * Numbers are lines without edges.
 */
final class CsvFile {
  private CsvFile() {}

  /** The file's bytes. */
  static byte[] of(Contents contents) {
    StringBuilder text = new StringBuilder();
    contents
        .about()
        .fields()
        .forEach(
            (name, value) ->
                text.append("# ").append(name).append(": ").append(value).append('\n'));
    text.append("histogram,x_from,x_to,y_from,y_to,count\n");
    contents
        .numbers()
        .forEach((name, count) -> text.append(name).append(",,,,,").append(count).append('\n'));
    for (Plot plot : contents.plots()) {
      List<Axis> axes = plot.axes();
      int columns = axes.get(0).bins() + 2;
      for (int cell = 0; cell < plot.cells(); cell++) {
        text.append(plot.name()).append(',');
        edges(text, axes.get(0), cell % columns);
        text.append(',');
        if (axes.size() == 1) {
          text.append(',');
        } else {
          edges(text, axes.get(1), cell / columns);
        }
        text.append(',').append(plot.count(cell)).append('\n');
      }
    }
    return text.toString().getBytes(UTF_8);
  }

  private static void edges(StringBuilder text, Axis axis, int bin) {
    text.append(bin == 0 ? "" : String.valueOf(axis.edge(bin - 1))).append(',');
    text.append(bin > axis.bins() ? "" : String.valueOf(axis.edge(bin)));
  }
}
