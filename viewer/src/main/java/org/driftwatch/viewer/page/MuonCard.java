package org.driftwatch.viewer.page;

import java.awt.GridBagConstraints;
import java.awt.GridLayout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.swing.JComponent;
import javax.swing.JPanel;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.TrackHistogram;
import org.driftwatch.detector.TrackSummary;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.plot.CellMapPlot;
import org.driftwatch.viewer.plot.HistogramPlot;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.PointPlot;
import org.driftwatch.viewer.plot.PointView;
import org.driftwatch.viewer.reference.Reference;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Ruling;

/**
 * One chamber's muon segments: numbers, efficiency of its cells, histograms, in a column; large,
 * also its numbers over time. Where there are no segments it says why.
 */
final class MuonCard extends ChamberCard {
  private final Detector detector;
  private final MuonViews views;
  private final boolean large;
  private final MuonTrends trends;
  private final NumberTable numbers;
  private final Optional<CellMapPlot> map;
  private final Map<TrackHistogram, HistogramPlot> plots = new EnumMap<>(TrackHistogram.class);
  private final List<PointPlot> overTime = new ArrayList<>();
  private final List<JComponent> body = new ArrayList<>();
  private final Note note;

  /**
   * A card.
   *
   * @param trends the numbers over time, of all chambers
   */
  MuonCard(
      Detector detector, int chamber, boolean large, MuonTrends trends, Ruling ruling, Look look) {
    super(detector, chamber, large, ruling, look);
    setName((large ? "large muons" : "muons") + chamber);
    this.detector = detector;
    this.trends = trends;
    views = new MuonViews(detector, chamber);
    this.large = large;
    numbers = new NumberTable(large ? 5 : 2, views.numbers(Optional.empty(), large), look);
    List<TrackHistogram> histograms = views.histograms(large);
    // Two rows of them, whatever their number: more would be too low to read.
    int columns = large ? (histograms.size() + 1) / 2 : 1;
    body(numbers, 0, BODY, columns, 0);
    map =
        views.hasMap()
            ? Optional.of(new CellMapPlot(views.map(Optional.empty(), List.of(), ""), look))
            : Optional.empty();
    map.ifPresent(plot -> body(plot, 0, BODY + 1, columns, large ? 0.5 : 0.62));
    for (TrackHistogram which : histograms) {
      HistogramPlot plot = histogram(views.view(which, Optional.empty(), ""), look);
      int place = plots.size();
      plots.put(which, plot);
      body(plot, place % columns, BODY + 2 + place / columns, 1, 1);
    }
    if (large) {
      JPanel side = new JPanel(new GridLayout(0, 1));
      side.setOpaque(false);
      for (PointView view : trends.views(chamber)) {
        PointPlot plot = new PointPlot(view, look);
        overTime.add(plot);
        side.add(plot);
      }
      GridBagConstraints at = new GridBagConstraints();
      at.gridx = columns;
      at.gridy = BODY;
      at.gridheight = 2 + (plots.size() + columns - 1) / columns;
      at.weightx = 1;
      at.fill = GridBagConstraints.BOTH;
      add(side, at);
      body.add(side);
    }
    note = new Note(look);
    note.setVisible(false);
    add(note, 0, BODY + 1, GridBagConstraints.REMAINDER, 1);
  }

  private void body(JComponent part, int column, int row, int columns, double weight) {
    body.add(part);
    add(part, column, row, columns, weight);
  }

  @Override
  void show(DashboardModel model, Ruling ruling, Look look) {
    Optional<WindowSummary> shown = model.shown();
    Optional<MuonFigures> figures = shown.flatMap(s -> MuonFigures.of(detector, number(), s));
    Optional<String> absence = shown.flatMap(views::absence);
    List<Verdict> verdicts = ruling.of(new Subject(number()));
    showHead(
        new Words("", false, figures.map(f -> Numbers.rate(f.rate())).orElse("–"), "segments/s"),
        // Whatever its hits say: a chamber that sees no muon is not well.
        absence.isPresent() ? Level.UNDECIDED : ruling.level(new Subject(number())),
        absence.isPresent()
            ? verdicts.stream().filter(verdict -> verdict.level().alarms()).toList()
            : verdicts,
        ruling,
        look);
    note.setVisible(absence.isPresent());
    body.forEach(part -> part.setVisible(absence.isEmpty()));
    if (absence.isPresent()) {
      note.show(absence.get(), look);
      return;
    }
    Optional<Reference> reference = model.reference();
    boolean overlaps = reference.flatMap(r -> shown.map(s -> overlap(r.sum(), s))).orElse(false);
    Optional<TrackSummary> other = reference.flatMap(r -> r.sum().chamber(number()).tracks());
    Optional<ChamberSummary> chamber = shown.map(s -> s.chamber(number()));
    boolean log = model.state().log();
    String stretch = model.stretchWords();
    numbers.show(views.numbers(figures, large), look);
    map.ifPresent(plot -> plot.show(views.map(shown, verdicts, stretch), log, look));
    plots.forEach(
        (which, plot) ->
            plot.show(
                compared(
                    views.view(which, chamber, stretch),
                    other.map(t -> t.histogram(which)),
                    overlaps),
                log,
                look));
    if (!overTime.isEmpty()) {
      List<PointView> now = trends.views(model, number());
      for (int i = 0; i < overTime.size(); i++) {
        overTime.get(i).show(now.get(i), look);
      }
    }
  }
}
