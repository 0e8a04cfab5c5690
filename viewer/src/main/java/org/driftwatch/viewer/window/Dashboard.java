package org.driftwatch.viewer.window;

import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JPanel;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.ChannelLayout;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.TimeLine;
import org.driftwatch.viewer.plot.Typeface;
import org.driftwatch.viewer.reference.Reference;
import org.driftwatch.viewer.verdict.Judge;
import org.driftwatch.viewer.verdict.Judgement;
import org.driftwatch.viewer.verdict.Thresholds;

/**
 * The whole screen: header, a page of states or of histograms, the time line, the bottom line. It
 * shows one snapshot in one view state, and needs no window: it can be drawn into a picture. For
 * the event thread.
 */
public final class Dashboard extends JPanel implements ViewActions {
  /** The size in pixels that the design is made for. */
  public static final Dimension DESIGN = new Dimension(1600, 1000);

  private static final double LEAST_ZOOM = 0.6;
  private static final int GAP = 10;
  private static final Duration REDRAWN = Duration.ofSeconds(3);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final RunConfiguration run;
  private final Clock clock;
  private final Consumer<Theme> onTheme;
  private final Judge judge;
  private final HeaderBar header;
  private final CardLayout pageLayout = new CardLayout();
  private final JPanel pages = new JPanel(pageLayout);
  private final OverviewPage overview;
  private final ChambersPage chambers;
  private final TimeLine timeLine;
  private final Card timeCard;
  private final FootBar foot;
  private final RateControl rate;
  private Snapshot snapshot;
  private Optional<Snapshot> waiting = Optional.empty();
  private Optional<StatusMessage> status = Optional.empty();
  private boolean paused;
  private ViewState state;
  private Accumulation lastLive;
  private Optional<Accumulation> lastPicked = Optional.empty();
  private Optional<Reference> reference = Optional.empty();
  private Look look;
  private Instant pageDrawn = Instant.EPOCH;

  /**
   * A dashboard.
   *
   * @param run names, channels and cells known to be bad
   * @param thresholds limits of the verdicts
   * @param first what is shown first
   * @param state how it is shown first
   * @param clock tells the age of the newest result
   * @param onTheme changes the look and feel where the theme changes
   * @param onRate hears the rate that an emulator is asked for
   */
  public Dashboard(
      RunConfiguration run,
      Thresholds thresholds,
      Snapshot first,
      ViewState state,
      Clock clock,
      Consumer<Theme> onTheme,
      DoubleConsumer onRate) {
    super(new GridBagLayout());
    this.run = run;
    this.clock = clock;
    this.onTheme = onTheme;
    this.snapshot = first;
    this.state = state;
    this.look = new Look(state.theme().palette(), 1);
    judge = new Judge(run, thresholds);
    lastLive = state.accumulation().live() ? state.accumulation() : Accumulation.newestWindow();
    setBorder(BorderFactory.createEmptyBorder(GAP, GAP, 4, GAP));
    // Keys are the dashboard's until a plot is chosen by Tab or mouse.
    setFocusable(true);
    Duration minutes =
        state.accumulation() instanceof Accumulation.Last last
            ? last.length()
            : thresholds.stretch();
    header = new HeaderBar(run, first, minutes, look, this);
    overview = new OverviewPage(first, state, look, clock.instant(), this);
    chambers = new ChambersPage(run, look, this);
    pages.setOpaque(false);
    pages.add(overview, Page.OVERVIEW.name());
    pages.add(chambers, Page.CHAMBERS.name());
    timeLine =
        new TimeLine(
            look,
            new TimeLine.Listener() {
              @Override
              public void picked(Instant from, Instant to) {
                requestFocusInWindow();
                accumulate(new Accumulation.Picked(from, to));
              }

              @Override
              public void live() {
                Dashboard.this.live();
              }
            });
    Card strip = new Card(new BorderLayout(), look);
    strip.add(timeLine);
    timeCard = strip;
    foot = new FootBar(look);
    rate = new RateControl(onRate);
    JPanel bottom = new JPanel(new BorderLayout());
    bottom.setOpaque(false);
    bottom.add(foot);
    bottom.add(rate, BorderLayout.EAST);
    place(header, 0, 0);
    place(pages, 1, 1);
    place(strip, 2, 0);
    place(bottom, 3, 0);
    draw();
  }

  private void place(JComponent part, int row, double height) {
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = 0;
    at.gridy = row;
    at.weightx = 1;
    at.weighty = height;
    at.fill = GridBagConstraints.BOTH;
    at.insets = new Insets(0, 0, row == 3 || row == 1 ? 0 : 8, 0);
    add(part, at);
  }

  /** Shows what the topic says now; while paused it waits, whole, for its turn. */
  public void show(Snapshot newSnapshot) {
    if (paused) {
      waiting = Optional.of(newSnapshot);
      drawTime();
      header.tick(clock.instant());
    } else {
      snapshot = newSnapshot;
      draw();
    }
  }

  /** Lets the age of the newest result go on. */
  public void tick() {
    Instant now = clock.instant();
    header.tick(now);
    // Silence grows while nothing comes: said again now and then, and not with each tick.
    if ((judgedAge().isPresent() || status.isPresent())
        && state.page() == Page.OVERVIEW
        && Duration.between(pageDrawn, now).compareTo(REDRAWN) > 0) {
      drawPage();
    }
  }

  /** Takes what the monitor tells of itself; it is shown when the page is drawn next. */
  public void status(StatusMessage newest) {
    status = Optional.of(newest);
  }

  /** How it is shown. */
  public ViewState state() {
    return state;
  }

  /** What is shown. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** The sum of the windows that are shown; empty where there are none. */
  Optional<WindowSummary> shown() {
    return state.accumulation().of(snapshot.series());
  }

  /** Number of windows that are shown. */
  int windowsShown() {
    return state.accumulation().in(snapshot.series()).windows();
  }

  /** What fills the window now, without header and time line. */
  JComponent view() {
    return pages;
  }

  /** True while new windows wait. */
  boolean paused() {
    return paused;
  }

  RateControl rate() {
    return rate;
  }

  /** How it is drawn. */
  Look look() {
    return look;
  }

  /** Says something at the bottom. */
  void say(String words, boolean failure) {
    foot.say(words, failure);
  }

  /** The words at the bottom. */
  String notice() {
    return foot.notice();
  }

  /** Fills the menus. */
  void install(List<Command> commands) {
    header.install(commands);
  }

  /**
   * Compares with a reference from now on.
   *
   * @throws IOException where its bins are not those of the data
   */
  public void compareWith(Reference newReference) throws IOException {
    newReference.checkFits(shown().map(ChannelLayout::of).orElse(ChannelLayout.of(run)));
    reference = Optional.of(newReference);
    draw();
  }

  /** Compares no more. */
  void withoutReference() {
    reference = Optional.empty();
    draw();
  }

  @Override
  public void page(Page page) {
    state = state.with(page).withEnlarged(ViewState.NONE);
    draw();
  }

  @Override
  public void enlarge(int chamber) {
    state = state.withEnlarged(chamber);
    draw();
  }

  @Override
  public void accumulate(Accumulation accumulation) {
    if (accumulation.live()) {
      lastLive = accumulation;
    } else {
      lastPicked = Optional.of(accumulation);
    }
    state = state.with(accumulation);
    draw();
  }

  @Override
  public void pickLatest() {
    WindowSeries series = snapshot.series();
    if (series.isEmpty()) {
      draw();
      return;
    }
    Accumulation.Range range = judge.judged(Accumulation.newestWindow()).in(series);
    accumulate(
        lastPicked.orElse(
            new Accumulation.Picked(series.start(range.from()), series.end(range.to() - 1))));
  }

  /** Moves the picked stretch through the run by a share of its length. */
  void move(double share) {
    if (snapshot.series().isEmpty()) {
      return;
    }
    if (!(state.accumulation() instanceof Accumulation.Picked)) {
      pickLatest();
    }
    if (state.accumulation() instanceof Accumulation.Picked picked) {
      WindowSeries series = snapshot.series();
      Duration length = Duration.between(picked.from(), picked.to());
      Instant from = picked.from().plusMillis(Math.round(share * length.toMillis()));
      Instant latest = series.end(series.size() - 1).minus(length);
      from = from.isAfter(latest) ? latest : from;
      from = from.isBefore(series.start(0)) ? series.start(0) : from;
      accumulate(new Accumulation.Picked(from, from.plus(length)));
    }
  }

  /** Makes the picked stretch longer or shorter around its middle, a window at least. */
  void stretch(double factor) {
    if (snapshot.series().isEmpty()) {
      return;
    }
    if (!(state.accumulation() instanceof Accumulation.Picked)) {
      pickLatest();
    }
    if (state.accumulation() instanceof Accumulation.Picked picked) {
      WindowSeries series = snapshot.series();
      long length = Duration.between(picked.from(), picked.to()).toMillis();
      long window = Duration.between(series.start(0), series.end(0)).toMillis();
      long run = Duration.between(series.start(0), series.end(series.size() - 1)).toMillis();
      long wide = Math.max(window, Math.min(run, Math.round(factor * length)));
      Instant from = picked.from().plusMillis((length - wide) / 2);
      accumulate(new Accumulation.Picked(from, from.plusMillis(wide)));
      move(0);
    }
  }

  @Override
  public void live() {
    accumulate(lastLive);
  }

  @Override
  public void pause(boolean newPaused) {
    paused = newPaused;
    if (!paused && waiting.isPresent()) {
      snapshot = waiting.get();
      waiting = Optional.empty();
    }
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

  /** The window as it stands there, in the colours for paper. */
  BufferedImage onPaper() {
    ViewState shown = state;
    state = state.with(Theme.LIGHT);
    draw();
    rate.showButtons(false);
    BufferedImage image = Picture.asShown(this);
    rate.showButtons(true);
    state = shown;
    draw();
    return image;
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
    header.show(snapshot, state, paused, look, clock.instant());
    drawPage();
    drawTime();
    foot.show(snapshot, look);
    rate.look(look);
    repaint();
  }

  private void drawPage() {
    pageDrawn = clock.instant();
    pageLayout.show(pages, state.page().name());
    Judgement judgement =
        judge.judge(
            snapshot.series(),
            state.accumulation(),
            judgedAge(),
            // As with silence: the present says nothing of a stretch of the past.
            state.accumulation().live() && !paused ? status : Optional.empty(),
            clock.instant());
    if (state.page() == Page.OVERVIEW) {
      overview.show(snapshot, state, judgement, look, clock.instant());
    } else {
      chambers.show(shown(), state, judgement, reference, look);
    }
  }

  /** Age of the newest result; the past has none, and what is held back neither. */
  private Optional<Duration> judgedAge() {
    return state.accumulation().live() && !paused
        ? snapshot
            .newestPublished()
            .map(published -> Duration.between(published, clock.instant()))
            .map(age -> age.isNegative() ? Duration.ZERO : age)
        : Optional.empty();
  }

  private void drawTime() {
    timeCard.look(look);
    WindowSeries series = snapshot.series();
    Accumulation.Range range = state.accumulation().in(series);
    boolean some = range.windows() > 0;
    Instant from = some ? series.start(range.from()) : Instant.EPOCH;
    Instant to = some ? series.end(range.to() - 1) : Instant.EPOCH;
    if (state.accumulation() instanceof Accumulation.Picked picked) {
      from = picked.from();
      to = picked.to();
    }
    timeLine.show(
        series, from, to, state.accumulation().live(), paused, words(from, to, range), look);
  }

  private String words(Instant from, Instant to, Accumulation.Range range) {
    WindowSeries series = snapshot.series();
    StringBuilder words = new StringBuilder();
    if (range.windows() == 0) {
      words.append(series.isEmpty() ? "no window yet" : "no window in the picked stretch");
    } else {
      words.append("shown: ").append(TIME.format(from)).append(" – ").append(TIME.format(to));
      words.append(" UTC, ").append(Numbers.windowLength(Duration.between(from, to)));
      words.append(", ").append(Numbers.grouped(range.windows()));
      words.append(range.windows() == 1 ? " window" : " windows");
      int incomplete = series.incomplete(range.from(), range.to());
      if (incomplete > 0) {
        words.append(", ").append(Numbers.grouped(incomplete)).append(" incomplete");
      }
    }
    if (paused) {
      int held = waiting.map(s -> s.series().size() - snapshot.series().size()).orElse(0);
      words.append(" · paused, ").append(Numbers.grouped(held)).append(" new windows wait");
    }
    reference.ifPresent(
        r ->
            words
                .append(" · reference ")
                .append(r.name())
                .append(", ")
                .append(Numbers.grouped(r.windows()))
                .append(r.windows() == 1 ? " window" : " windows"));
    return words.toString();
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
