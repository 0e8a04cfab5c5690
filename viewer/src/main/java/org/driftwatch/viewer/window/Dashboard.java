package org.driftwatch.viewer.window;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.geom.RoundRectangle2D;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JPanel;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.Telescope;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.Typeface;

/**
 * The whole screen: header, four chambers side by side, trends, bottom line. It shows one snapshot
 * in one view state, and needs no window: it can be drawn into a picture. For the event thread.
 */
public final class Dashboard extends JPanel implements ViewActions {
  /** The size in pixels that the design is made for. */
  public static final Dimension DESIGN = new Dimension(1600, 1000);

  private static final double LEAST_ZOOM = 0.6;

  private final Clock clock;
  private final Consumer<Theme> onTheme;
  private final HeaderBar header;
  private final List<ChamberCard> chambers = new ArrayList<>();
  private final TrendCard hits;
  private final TrendCard scintillator;
  private final FootBar foot;
  private Snapshot snapshot;
  private ViewState state;
  private Look look;

  /**
   * A dashboard.
   *
   * @param run names, channels and cells known to be bad
   * @param first what is shown first
   * @param state how it is shown first
   * @param clock tells the age of the newest result
   * @param onTheme changes the look and feel where the theme changes
   */
  public Dashboard(
      RunConfiguration run, Snapshot first, ViewState state, Clock clock, Consumer<Theme> onTheme) {
    super(new GridBagLayout());
    this.clock = clock;
    this.onTheme = onTheme;
    this.snapshot = first;
    this.state = state;
    this.look = new Look(state.theme().palette(), 1);
    int gap = 10;
    setBorder(BorderFactory.createEmptyBorder(gap, gap, 4, gap));
    header = new HeaderBar(run, first, look, this);
    hits =
        new TrendCard(TrendViews.hits(first.series(), state.accumulation(), clock.instant()), look);
    scintillator =
        new TrendCard(
            TrendViews.scintillator(first.series(), state.accumulation(), clock.instant()), look);
    foot = new FootBar(look);
    place(header, 0, 0, Telescope.CHAMBERS, 0, gap);
    for (int i = 0; i < Telescope.CHAMBERS; i++) {
      ChamberCard card = new ChamberCard(run, i, look);
      chambers.add(card);
      place(card, i, 1, 1, 1, gap);
    }
    place(hits, 0, 2, Telescope.CHAMBERS - 1, 0.36, gap);
    place(scintillator, Telescope.CHAMBERS - 1, 2, 1, 0.36, gap);
    place(foot, 0, 3, Telescope.CHAMBERS, 0, 0);
    draw();
  }

  private void place(JComponent part, int column, int row, int columns, double height, int gap) {
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = column;
    at.gridy = row;
    at.gridwidth = columns;
    at.weightx = 1;
    at.weighty = height;
    at.fill = GridBagConstraints.BOTH;
    boolean last = column + columns == Telescope.CHAMBERS;
    at.insets = new Insets(0, 0, gap == 0 ? 0 : 8, last ? 0 : gap);
    add(part, at);
  }

  /** Shows what the topic says now. */
  public void show(Snapshot newSnapshot) {
    snapshot = newSnapshot;
    draw();
  }

  /** Lets the age of the newest result go on. */
  public void tick() {
    header.tick(clock.instant());
  }

  /** How it is shown. */
  public ViewState state() {
    return state;
  }

  /** What is shown. */
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public void accumulate(Accumulation accumulation) {
    state = state.with(accumulation);
    draw();
  }

  @Override
  public void log(boolean logarithmic) {
    state = state.withLog(logarithmic);
    draw();
  }

  @Override
  public void theme(Theme theme) {
    state = state.with(theme);
    onTheme.accept(theme);
    draw();
  }

  /** Everything grows with the screen: what fits a laptop is to be read from afar on a wall. */
  @Override
  public void setBounds(int x, int y, int width, int height) {
    double fits = Math.min(width / (double) DESIGN.width, height / (double) DESIGN.height);
    double zoom = Math.max(LEAST_ZOOM, fits);
    if (zoom != look.zoom()) {
      look = new Look(look.palette(), zoom);
      draw();
    }
    super.setBounds(x, y, width, height);
  }

  private void draw() {
    look = new Look(state.theme().palette(), look.zoom());
    setBackground(look.palette().background());
    header.show(snapshot, state, look, clock.instant());
    Optional<WindowSummary> shown = state.accumulation().of(snapshot);
    chambers.forEach(card -> card.show(shown, state.log(), look));
    hits.show(
        TrendViews.hits(snapshot.series(), state.accumulation(), clock.instant()),
        state.log(),
        look);
    scintillator.show(
        TrendViews.scintillator(snapshot.series(), state.accumulation(), clock.instant()),
        state.log(),
        look);
    foot.show(snapshot, look);
    repaint();
  }

  @Override
  protected void paintChildren(Graphics graphics) {
    super.paintChildren(graphics);
    if (snapshot.newest().isEmpty()) {
      Graphics2D g = (Graphics2D) graphics.create();
      try {
        Typeface.smooth(g);
        g.scale(look.zoom(), look.zoom());
        waiting(g, getWidth() / look.zoom(), getHeight() / look.zoom());
      } finally {
        g.dispose();
      }
    }
  }

  /** Over the empty plots: that nothing has come yet, and why. */
  private void waiting(Graphics2D g, double screenWidth, double screenHeight) {
    Palette palette = look.palette();
    String title = "Waiting for the first window…";
    String detail = snapshot.connection().state().title() + ": " + snapshot.connection().detail();
    g.setFont(Typeface.medium(26f));
    FontMetrics large = g.getFontMetrics();
    g.setFont(Typeface.regular(14f));
    FontMetrics small = g.getFontMetrics();
    double width = Math.max(large.stringWidth(title), small.stringWidth(detail)) + 80;
    double height = 116;
    double x = (screenWidth - width) / 2;
    double y = (screenHeight - height) / 2;
    double arc = 18;
    RoundRectangle2D box = new RoundRectangle2D.Double(x, y, width, height, arc, arc);
    g.setColor(palette.background());
    g.fill(box);
    g.setColor(palette.border());
    g.draw(box);
    g.setFont(large.getFont());
    centre(g, title, screenWidth, y + 50, palette.text());
    g.setFont(small.getFont());
    Color color = ConnectionBadge.color(snapshot.connection().state(), palette);
    centre(g, detail, screenWidth, y + 82, color);
  }

  private static void centre(Graphics2D g, String text, double screenWidth, double y, Color color) {
    g.setColor(color);
    g.drawString(
        text, (float) ((screenWidth - g.getFontMetrics().stringWidth(text)) / 2.0), (float) y);
  }
}
