package org.driftwatch.viewer.page;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.event.MouseEvent;
import java.util.List;
import javax.swing.ToolTipManager;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Typeface;

/** Numbers with their names, in columns; what each means is told under the cursor. */
final class NumberTable extends Canvas {
  private static final double LINE = 18;
  private static final double GAP = 18;
  private static final double SIZE = 12.5;

  private final int columns;
  private List<Entry> entries;

  /**
   * A number.
   *
   * @param name what it is
   * @param words the number with unit and error, longest first: the first that fits is drawn
   * @param help what it means, and what is healthy
   */
  record Entry(String name, List<String> words, String help) {
    /** Copies the list. */
    Entry {
      words = List.copyOf(words);
    }
  }

  /** A table whose columns are filled one after the other. */
  NumberTable(int columns, List<Entry> entries, Look look) {
    super(200, (int) (rows(entries, columns) * LINE + 6), look);
    this.columns = columns;
    this.entries = entries;
    ToolTipManager.sharedInstance().registerComponent(this);
  }

  private static int rows(List<Entry> entries, int columns) {
    return (entries.size() + columns - 1) / columns;
  }

  /** Shows as many numbers as before. */
  void show(List<Entry> newEntries, Look newLook) {
    entries = newEntries;
    look(newLook);
  }

  private double width() {
    return (designWidth() - 8 + GAP) / columns;
  }

  @Override
  public String getToolTipText(MouseEvent event) {
    int rows = rows(entries, columns);
    int column = (int) Math.min(columns - 1, Math.max(0, (designX(event) - 4) / width()));
    int row = (int) Math.min(rows - 1, designY(event) / LINE);
    int entry = column * rows + row;
    return entry >= entries.size()
        ? null
        : "<html><div style='width:240px'><b>%s %s</b><br>%s</div></html>"
            .formatted(
                entries.get(entry).name(),
                entries.get(entry).words().get(0),
                entries.get(entry).help());
  }

  @Override
  protected void draw(Graphics2D g) {
    int rows = rows(entries, columns);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      int column = i / rows;
      double left = 4 + column * width();
      double right = left + width() - GAP;
      float base = (float) (i % rows * LINE + 13);
      g.setFont(look().regular(SIZE));
      g.setColor(palette().muted());
      String name = Typeface.cut(entry.name(), g.getFontMetrics(), right - left);
      g.drawString(name, (float) left, base);
      double free = right - left - g.getFontMetrics().stringWidth(name) - 6;
      g.setFont(look().medium(SIZE));
      g.setColor(palette().text());
      FontMetrics metrics = g.getFontMetrics();
      String last = entry.words().get(entry.words().size() - 1);
      String words =
          entry.words().stream()
              .filter(w -> metrics.stringWidth(w) <= free)
              .findFirst()
              .orElseGet(() -> Typeface.cut(last, metrics, free));
      g.drawString(words, (float) (right - metrics.stringWidth(words)), base);
    }
  }
}
