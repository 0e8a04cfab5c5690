package org.driftwatch.viewer.window;

import java.awt.Graphics2D;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.driftwatch.viewer.part.Command;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Palette;

/** All keys on one sheet over the window. */
final class HelpSheet extends Canvas {
  private static final double LINE = 21;
  private static final double COLUMN = 400;
  private static final String[] MOUSE = {
    "Hover over a plot|the value under the cursor; over its title: what a healthy one looks like",
    "Wheel, drag on a histogram|zoom, move along; Home shows all",
    "Tab, then arrow keys|the same with keys, on the framed plot; , and . read bin by bin",
    "Click on the banner|the alarms; a double click on one acknowledges it",
    "Click on a chamber|one large, and back",
    "Drag on the time line|pick a stretch; drag the stretch to move it",
  };

  private static final double BETWEEN_GROUPS = 0.4;

  private List<Command> commands = List.of();

  HelpSheet(Look look) {
    super(100, 100, look);
    setName("help");
    setVisible(false);
    addMouseListener(
        new MouseAdapter() {
          @Override
          public void mousePressed(MouseEvent event) {
            setVisible(false);
          }
        });
  }

  /** Draws it like this from now on. */
  void dress(Look newLook) {
    look(newLook);
  }

  /** Shows the keys of the commands that are listed. */
  void show(List<Command> newCommands, Look newLook) {
    commands = newCommands.stream().filter(command -> !command.words().isEmpty()).toList();
    look(newLook);
  }

  @Override
  protected void draw(Graphics2D g) {
    Palette palette = palette();
    g.setColor(Palette.faint(palette.background(), 0.72));
    g.fill(new Rectangle2D.Double(0, 0, designWidth() + 1, designHeight() + 1));
    List<List<Command>> groups =
        Arrays.stream(Command.Group.values())
            .map(group -> commands.stream().filter(c -> c.group() == group).toList())
            .filter(of -> !of.isEmpty())
            .toList();
    int inFirst =
        IntStream.rangeClosed(1, groups.size())
            .boxed()
            .min(Comparator.comparingDouble(first -> lines(groups, first)))
            .orElse(0);
    double width = 2 * COLUMN + 90;
    double height =
        Math.min(designHeight() - 8, (lines(groups, inFirst) + MOUSE.length + 1) * LINE + 76);
    double x = (designWidth() - width) / 2;
    double y = (designHeight() - height) / 2;
    RoundRectangle2D sheet = new RoundRectangle2D.Double(x, y, width, height, 18, 18);
    g.setColor(palette.card());
    g.fill(sheet);
    g.setColor(palette.border());
    g.draw(sheet);
    g.setFont(look().medium(20f));
    g.setColor(palette.text());
    g.drawString("Keys", (float) x + 30f, (float) y + 38f);
    double top = y + 66;
    double at = top;
    double left = x + 30;
    for (int i = 0; i < groups.size(); i++) {
      if (i == inFirst) {
        left += COLUMN + 30;
        at = top;
      }
      g.setFont(look().medium(13f));
      g.setColor(palette.muted());
      g.drawString(groups.get(i).get(0).group().title(), (float) left, (float) at);
      at += LINE;
      for (Command command : groups.get(i)) {
        entry(g, left, at, 110, command.key(), command.words());
        at += LINE;
      }
      at += LINE * BETWEEN_GROUPS;
    }
    at = y + height - MOUSE.length * LINE - 4;
    g.setFont(look().medium(13f));
    g.setColor(palette.muted());
    g.drawString("Mouse and plots", (float) x + 30f, (float) at - (float) LINE);
    for (String text : MOUSE) {
      int bar = text.indexOf('|');
      entry(g, x + 30, at, 190, text.substring(0, bar), text.substring(bar + 1));
      at += LINE;
    }
  }

  /** Height of the higher one of two columns, in lines. */
  private static double lines(List<List<Command>> groups, int inFirst) {
    return Math.max(
        lines(groups.subList(0, inFirst)), lines(groups.subList(inFirst, groups.size())));
  }

  private static double lines(List<List<Command>> column) {
    return column.stream().mapToDouble(of -> 1 + of.size() + BETWEEN_GROUPS).sum();
  }

  private void entry(Graphics2D g, double x, double y, double indent, String key, String words) {
    g.setFont(look().medium(13f));
    g.setColor(palette().text());
    g.drawString(key, (float) x, (float) y);
    g.setFont(look().regular(13f));
    g.setColor(palette().muted());
    g.drawString(words, (float) (x + indent), (float) y);
  }
}
