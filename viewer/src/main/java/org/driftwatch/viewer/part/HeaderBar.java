package org.driftwatch.viewer.part;

import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.swing.JComponent;
import javax.swing.JPanel;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Subject;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Page;
import org.driftwatch.viewer.view.Theme;
import org.driftwatch.viewer.view.ViewState;

/** The state of everything in one row, and the buttons that change the view. */
public final class HeaderBar extends Card {
  private final ConnectionBadge badge;
  private final StatTile records;
  private final StatTile hits;
  private final StatTile rate;
  private final StatTile malformed;
  private final StatTile late;
  private final Choice<Page> pages;
  private final Choice<Span> spans;
  private final Choice<Boolean> scale;
  private final Choice<Theme> themes;
  private final Choice<Boolean> pause;
  private final MenuButtons menus;
  private final List<StatTile> tiles;
  private final DashboardModel model;
  private Look look;

  /** The buttons of the stretch. */
  private enum Span {
    NEWEST,
    LAST,
    ALL,
    PICKED;

    static Span of(Accumulation accumulation) {
      if (accumulation instanceof Accumulation.NewestWindow) {
        return NEWEST;
      }
      if (accumulation instanceof Accumulation.Last) {
        return LAST;
      }
      return accumulation instanceof Accumulation.SinceStart ? ALL : PICKED;
    }
  }

  /** The header of a model; its buttons change the model. */
  public HeaderBar(DashboardModel model, Look look) {
    super(new GridBagLayout(), look);
    this.model = model;
    this.look = look;
    pages = new Choice<>(look);
    spans = new Choice<>(look);
    scale = new Choice<>(look);
    themes = new Choice<>(look);
    pause = new Choice<>(look);
    menus = new MenuButtons(look);
    badge = new ConnectionBadge(model.snapshot().connection(), look);
    records = new StatTile("Records", 120, look);
    hits = new StatTile("Hits", 120, look);
    rate = new StatTile("Hit rate", 104, look);
    malformed = new StatTile("Malformed records", 116, look);
    late = new StatTile("Late refinements", 110, look);
    buttons();
    add(badge, 0, 1);
    int column = 1;
    tiles = List.of(records, hits, rate, malformed, late);
    for (StatTile tile : tiles) {
      add(tile, column++, 0.4);
    }
    add(controls(), column, 0);
  }

  private void buttons() {
    String minutes = Numbers.duration(model.minutes().length());
    for (Page page : Page.values()) {
      pages.add(page, page.title(), page.title() + " (" + page.key() + ")", model::page);
    }
    spans.add(
        Span.NEWEST,
        "Newest",
        "Histograms of the newest window (N)",
        span -> model.accumulate(Accumulation.newestWindow()));
    spans.add(
        Span.LAST,
        "Last " + minutes,
        "Sum of the last " + minutes + " (M)",
        span -> model.accumulate(model.minutes()));
    spans.add(
        Span.ALL,
        "Since start",
        "Sum of all windows since the start (S)",
        span -> model.accumulate(Accumulation.sinceStart()));
    spans.add(
        Span.PICKED,
        "Picked",
        "A stretch picked on the time line below: drag there, or use the arrow keys",
        span -> model.pickLatest());
    scale.add(false, "Lin", "Counts on a linear scale (L)", model::log);
    scale.add(true, "Log", "Counts on a logarithmic scale (L)", model::log);
    for (Theme t : Theme.values()) {
      String name = t == Theme.LIGHT ? "Light" : "Dark";
      themes.add(t, name, name + " screen (T)", model::theme);
    }
    pause.add(false, "Run", "Show windows as they arrive (P)", model::pause);
    pause.add(
        true, "Pause", "Hold the picture; new windows wait and are not lost (P)", model::pause);
  }

  private JPanel controls() {
    JPanel panel = new JPanel(new GridBagLayout());
    panel.setOpaque(false);
    put(panel, 0, pages, spans);
    put(panel, 1, pause, scale, themes, menus);
    return panel;
  }

  private static void put(JPanel panel, int row, JComponent... parts) {
    JPanel line = new JPanel(new GridBagLayout());
    line.setOpaque(false);
    GridBagConstraints at = new GridBagConstraints();
    at.weightx = 1;
    at.fill = GridBagConstraints.HORIZONTAL;
    for (int i = 0; i < parts.length; i++) {
      at.gridx = i;
      at.insets = new Insets(0, i == 0 ? 0 : 6, 0, 0);
      line.add(parts[i], at);
    }
    at.gridx = 0;
    at.gridy = row;
    at.insets = new Insets(row == 0 ? 0 : 5, 0, 0, 0);
    panel.add(line, at);
  }

  /** Where not all fits, tiles at the right are left out: letters keep their size. */
  @Override
  public void doLayout() {
    tiles.forEach(tile -> tile.setVisible(true));
    for (int i = tiles.size() - 1; i >= 0 && getPreferredSize().width > getWidth(); i--) {
      tiles.get(i).setVisible(false);
    }
    super.doLayout();
  }

  /** Fills the menus. */
  public void install(List<Command> commands) {
    menus.install(commands);
  }

  private void add(JComponent part, int column, double weight) {
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = column;
    at.weightx = weight;
    at.fill = GridBagConstraints.BOTH;
    add(part, at);
  }

  /** Shows the model as it is now. */
  public void show(Theme theme, Look newLook) {
    Snapshot snapshot = model.snapshot();
    ViewState state = model.state();
    look = newLook;
    look(look);
    Palette palette = look.palette();
    pages.show(state.page(), look);
    spans.show(Span.of(state.accumulation()), look);
    scale.show(state.log(), look);
    themes.show(theme, look);
    pause.show(model.paused(), look);
    menus.look(look);
    Optional<WindowSummary> sum = snapshot.sum();
    Optional<WindowSummary> newest = snapshot.newest();
    badge.show(detector(), snapshot.connection(), model.situation().flows(), look);
    long totalMalformed = sum.map(WindowSummary::malformed).orElse(0L);
    long totalRecords = sum.map(WindowSummary::totImport).orElse(0L);
    total(records, WindowSummary::totImport, sum, newest);
    total(hits, WindowSummary::hits, sum, newest);
    rate.show(
        newest.map(w -> Numbers.rate(w.hits() / w.window().orElseThrow().seconds())).orElse("–"),
        newest.map(w -> "per s, newest").orElse(""),
        palette.text(),
        look);
    malformed.show(
        sum.isEmpty() ? "–" : Numbers.grouped(totalMalformed),
        sum.isEmpty() ? "" : Numbers.share(totalMalformed, totalRecords + totalMalformed),
        palette.text(),
        areMalformedNow(),
        look);
    int windows = snapshot.series().size();
    boolean lost = snapshot.series().incomplete(0, windows) > 0;
    String incomplete = Numbers.grouped(snapshot.series().incomplete(0, windows));
    String many = Numbers.grouped(windows) + (windows == 1 ? " window" : " windows");
    late.show(
        sum.isEmpty() ? "–" : Numbers.grouped(snapshot.series().lateRefinements()),
        lost ? incomplete + " incomplete" : windows == 0 ? "" : "in " + many,
        palette.text(),
        lost,
        look);
    late.setToolTipText(
        lost
            ? incomplete
                + " of "
                + many
                + " incomplete: their records were deleted before being read"
            : null);
  }

  /** True while so many records are malformed that a verdict says so; some are in every run. */
  private boolean areMalformedNow() {
    return model.ruling().of(Subject.RUN).stream()
        .anyMatch(verdict -> verdict.check() == Check.MALFORMED && verdict.level().alarms());
  }

  /** The detector, and the runs of what is shown. */
  private String detector() {
    Detector detector = model.detector();
    String name =
        detector.description().isPresent()
            ? "detector " + detector.name()
            : detector.channels().words() + ", not described";
    List<Long> runs = model.shown().map(WindowSummary::runs).orElse(List.of());
    return runs.isEmpty() ? name : name + " · " + Numbers.runs(runs);
  }

  private void total(
      StatTile tile,
      Function<WindowSummary, Long> count,
      Optional<WindowSummary> sum,
      Optional<WindowSummary> newest) {
    tile.show(
        sum.map(count).map(Numbers::grouped).orElse("–"),
        newest.map(count).map(n -> "newest " + Numbers.grouped(n)).orElse(""),
        look.palette().text(),
        look);
  }
}
