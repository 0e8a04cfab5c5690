package org.driftwatch.viewer.window;

import java.awt.Color;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import javax.swing.JComponent;
import javax.swing.JPanel;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Freshness;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Palette;

/** The state of everything in one row, and the buttons that change the view. */
final class HeaderBar extends Card {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ConnectionBadge badge;
  private final StatTile age;
  private final StatTile records;
  private final StatTile hits;
  private final StatTile rate;
  private final StatTile malformed;
  private final StatTile late;
  private final Choice<Accumulation> accumulation;
  private final Choice<Boolean> scale;
  private final Choice<Theme> themes;
  private Look look;
  private Snapshot snapshot;

  HeaderBar(RunConfiguration run, Snapshot first, Look look, ViewActions actions) {
    super(new GridBagLayout(), look);
    this.snapshot = first;
    this.look = look;
    accumulation = new Choice<>(look);
    scale = new Choice<>(look);
    themes = new Choice<>(look);
    badge = new ConnectionBadge(run.name(), first.connection(), look);
    age = new StatTile("Newest result", 180, look);
    records = new StatTile("Records", 140, look);
    hits = new StatTile("Hits", 140, look);
    rate = new StatTile("Hit rate", 124, look);
    malformed = new StatTile("Malformed records", 134, look);
    late = new StatTile("Late refinements", 124, look);
    buttons(actions);
    add(badge, 0, 1);
    int column = 1;
    for (StatTile tile : new StatTile[] {age, records, hits, rate, malformed, late}) {
      add(tile, column++, 0.4);
    }
    add(controls(), column, 0);
  }

  private void buttons(ViewActions actions) {
    for (Accumulation a : Accumulation.values()) {
      String tip =
          a == Accumulation.NEWEST_WINDOW
              ? "Histograms of the newest window (N)"
              : "Histograms of all windows since the start (S)";
      accumulation.add(a, a.title(), tip, actions::accumulate);
    }
    scale.add(false, "Linear", "Counts on a linear scale (L)", actions::log);
    scale.add(true, "Log", "Counts on a logarithmic scale (L)", actions::log);
    for (Theme t : Theme.values()) {
      String name = t == Theme.LIGHT ? "Light" : "Dark";
      themes.add(t, name, name + " screen (T)", actions::theme);
    }
  }

  private JPanel controls() {
    JPanel panel = new JPanel(new GridBagLayout());
    panel.setOpaque(false);
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = 0;
    at.gridwidth = 2;
    at.fill = GridBagConstraints.HORIZONTAL;
    at.insets = new Insets(0, 0, 5, 0);
    panel.add(accumulation, at);
    at.gridwidth = 1;
    at.gridy = 1;
    at.weightx = 1;
    at.insets = new Insets(0, 0, 0, 0);
    panel.add(scale, at);
    at.gridx = 1;
    at.insets = new Insets(0, 6, 0, 0);
    panel.add(themes, at);
    return panel;
  }

  private void add(JComponent part, int column, double weight) {
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = column;
    at.weightx = weight;
    at.fill = GridBagConstraints.BOTH;
    add(part, at);
  }

  void show(Snapshot newSnapshot, ViewState state, Look newLook, Instant now) {
    snapshot = newSnapshot;
    look = newLook;
    look(look);
    Palette palette = look.palette();
    accumulation.show(state.accumulation(), look);
    scale.show(state.log(), look);
    themes.show(state.theme(), look);
    badge.show(snapshot.connection(), look);
    long totalMalformed = snapshot.sum().map(WindowSummary::malformed).orElse(0L);
    long totalRecords = snapshot.sum().map(WindowSummary::totImport).orElse(0L);
    long lateCount = snapshot.series().lateRefinements();
    total(records, snapshot.sum().map(WindowSummary::totImport), snapshot.newest(), false);
    total(hits, snapshot.sum().map(WindowSummary::hits), snapshot.newest(), true);
    rate.show(
        snapshot.newest().map(HeaderBar::hitRate).orElse("–"),
        snapshot.newest().map(w -> "per s, newest window").orElse(""),
        palette.text(),
        look);
    malformed.show(
        snapshot.sum().isEmpty() ? "–" : Numbers.grouped(totalMalformed),
        snapshot.sum().isEmpty()
            ? ""
            : Numbers.share(totalMalformed, totalRecords + totalMalformed),
        totalMalformed > 0 ? palette.warning() : palette.text(),
        look);
    int windows = snapshot.series().size();
    late.show(
        snapshot.sum().isEmpty() ? "–" : Numbers.grouped(lateCount),
        windows == 0
            ? ""
            : "in " + Numbers.grouped(windows) + (windows == 1 ? " window" : " windows"),
        palette.text(),
        look);
    tick(now);
  }

  private void total(
      StatTile tile, Optional<Long> sum, Optional<WindowSummary> newest, boolean hitsOnly) {
    tile.show(
        sum.map(Numbers::grouped).orElse("–"),
        newest
            .map(w -> "newest window " + Numbers.grouped(hitsOnly ? w.hits() : w.totImport()))
            .orElse(""),
        look.palette().text(),
        look);
  }

  private static String hitRate(WindowSummary window) {
    return Numbers.rate(window.hits() / window.window().orElseThrow().seconds());
  }

  /** Lets the age go on. */
  void tick(Instant now) {
    Palette palette = look.palette();
    if (snapshot.newest().isEmpty() || snapshot.newestPublished().isEmpty()) {
      age.show("–", "", palette.muted(), look);
      return;
    }
    WindowSummary.Span span = snapshot.newest().get().window().orElseThrow();
    Duration since = Duration.between(snapshot.newestPublished().get(), now);
    Duration shown = since.isNegative() ? Duration.ZERO : since;
    Color color =
        switch (Freshness.of(shown, Duration.between(span.start(), span.end()))) {
          case FRESH -> palette.good();
          case OVERDUE -> palette.warning();
          case SILENT -> palette.bad();
        };
    String window = TIME.format(span.start()) + " – " + TIME.format(span.end()) + " UTC";
    age.show(Numbers.duration(shown) + " ago", "window " + window, color, look);
  }
}
