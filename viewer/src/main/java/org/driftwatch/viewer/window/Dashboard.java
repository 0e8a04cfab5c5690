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
import java.awt.Rectangle;
import java.awt.geom.RoundRectangle2D;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.Scrollable;
import javax.swing.SwingConstants;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.viewer.emulator.Pace;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.MalformedMessage;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.page.AlarmsPage;
import org.driftwatch.viewer.page.ChambersPage;
import org.driftwatch.viewer.page.EventsPage;
import org.driftwatch.viewer.page.OverviewPage;
import org.driftwatch.viewer.part.Banner;
import org.driftwatch.viewer.part.Card;
import org.driftwatch.viewer.part.Command;
import org.driftwatch.viewer.part.ConnectionBadge;
import org.driftwatch.viewer.part.FootBar;
import org.driftwatch.viewer.part.HeaderBar;
import org.driftwatch.viewer.part.RateControl;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.TimeLine;
import org.driftwatch.viewer.plot.Typeface;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Page;
import org.driftwatch.viewer.view.Theme;
import org.driftwatch.viewer.view.Tone;

/**
 * The whole screen: header, a page of states or of histograms, the time line, the bottom line. It
 * draws a {@link DashboardModel} and needs no window: it can be drawn into a picture. For the event
 * thread.
 */
public final class Dashboard extends JPanel implements Scrollable {
  /** The size in pixels that the design is made for. */
  public static final Dimension DESIGN = new Dimension(1600, 1000);

  /** Smaller, letters would be too large for their places: parts are left out instead. */
  private static final double LEAST_ZOOM = 0.8;

  /** The size in pixels below which parts no longer fit. */
  static final Dimension LEAST = new Dimension(960, 600);

  private static final int SCROLLED = 40;
  private static final int GAP = 10;
  private static final Duration REDRAWN = Duration.ofSeconds(1);

  private final DashboardModel model;
  private final Consumer<Theme> onTheme;
  private final Banner banner;
  private final HeaderBar header;
  private final CardLayout pageLayout = new CardLayout();
  private final JPanel pages = new JPanel(pageLayout);
  private Detector detector;
  private OverviewPage overview;
  private ChambersPage chambers;
  private ChambersPage muons;
  private EventsPage events;
  private List<Command> commands = List.of();
  private final AlarmsPage alarms;
  private final TimeLine timeLine;
  private final Card timeCard;
  private final FootBar foot;
  private final FrameBuffer buffer = new FrameBuffer();
  private final RateControl rate;
  private Theme theme;
  private Look look;
  private Page page;
  private Tone tone = Tone.NOW;
  private Tone runTone = Tone.NOW;
  private boolean changed;
  private long pageDrawn;

  /**
   * A dashboard, drawn anew after each change of its model.
   *
   * @param onTheme changes the look and feel if the theme changes
   * @param onPace takes the pace that the user asks an emulator for
   */
  public Dashboard(DashboardModel model, Consumer<Theme> onTheme, Consumer<Pace> onPace) {
    super(new GridBagLayout());
    this.model = model;
    this.onTheme = onTheme;
    theme = model.state().theme();
    page = model.state().page();
    look = new Look(theme.palette(), 1);
    setBorder(BorderFactory.createEmptyBorder(GAP, GAP, 4, GAP));
    // Keys are the dashboard's until a plot is chosen by Tab or mouse.
    setFocusable(true);
    banner = new Banner(model, look);
    header = new HeaderBar(model, look);
    pages.setOpaque(false);
    detector = model.detector();
    overview = new OverviewPage(model, look);
    chambers = ChambersPage.ofHits(model, look);
    muons = ChambersPage.ofMuons(model, look);
    events = new EventsPage(model, look);
    alarms = new AlarmsPage(model, look);
    addPages();
    timeLine =
        new TimeLine(
            look,
            new TimeLine.Listener() {
              @Override
              public void picked(Instant from, Instant to) {
                requestFocusInWindow();
                model.accumulate(new Accumulation.Picked(from, to));
              }

              @Override
              public void live() {
                model.live();
              }
            });
    timeCard = new Card(new BorderLayout(), look);
    timeCard.add(timeLine);
    foot = new FootBar(model.clocks(), look);
    rate = new RateControl(onPace);
    JPanel bottom = new JPanel(new BorderLayout());
    bottom.setOpaque(false);
    bottom.add(foot);
    bottom.add(rate, BorderLayout.EAST);
    place(banner, 0, 0);
    place(header, 1, 0);
    place(pages, 2, 1);
    place(timeCard, 3, 0);
    place(bottom, 4, 0);
    model.onChange(this::changed);
    draw(theme);
  }

  private void addPages() {
    pages.add(overview, Page.OVERVIEW.name());
    pages.add(chambers, Page.CHAMBERS.name());
    pages.add(alarms, Page.ALARMS.name());
    pages.add(muons, Page.MUONS.name());
    pages.add(events, Page.EVENTS.name());
  }

  /** Pages are made for a detector: another one's results need others. */
  private void follow(Detector newDetector) {
    if (newDetector == detector) {
      return;
    }
    detector = newDetector;
    pages.removeAll();
    overview = new OverviewPage(model, look);
    chambers = ChambersPage.ofHits(model, look);
    muons = ChambersPage.ofMuons(model, look);
    events = new EventsPage(model, look);
    events.install(commands);
    addPages();
    pages.revalidate();
  }

  private void place(JComponent part, int row, double height) {
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = 0;
    at.gridy = row;
    at.weightx = 1;
    at.weighty = height;
    at.fill = GridBagConstraints.BOTH;
    at.insets = new Insets(0, 0, row == 4 || row == 2 ? 0 : 8, 0);
    add(part, at);
  }

  /** Shows what the topic says now; while paused, how much waits. */
  public void show(Snapshot newest) {
    model.show(newest);
    if (model.paused()) {
      drawTime();
      banner.tick();
    } else {
      draw(theme);
    }
  }

  /** Goes on with the time: ages, verdicts, alarms, and grey where results have stopped. */
  public void tick() {
    banner.tick();
    foot.tick();
    model.late().ifPresent(why -> say(why, true));
    boolean isOld = model.clocks().since(pageDrawn).compareTo(REDRAWN) > 0;
    changed |= model.tick();
    if (model.runTone() != runTone || model.tone() != tone || (changed && isOld)) {
      draw(theme);
    }
  }

  /** The alarm that commands are about: the chosen one, elsewhere the one in the banner. */
  Optional<AlarmMessage> chosenAlarm() {
    return model.state().page() == Page.ALARMS ? alarms.chosen() : model.situation().alarm();
  }

  /** Takes the keys to what the page is worked with. */
  void focusPage() {
    if (model.state().page() == Page.ALARMS) {
      alarms.keys().requestFocusInWindow();
    } else {
      requestFocusInWindow();
    }
  }

  /** Gives the plots of all pages a menu; it is shown for the plot that invokes it. */
  void plotMenu(JPopupMenu menu) {
    pages.setComponentPopupMenu(menu);
  }

  /** What fills the window now, without header and time line. */
  JComponent view() {
    return pages;
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

  /** Fills the menus. */
  void install(List<Command> all) {
    commands = all;
    header.install(all);
    alarms.install(all);
    events.install(all);
  }

  /** Draws something. */
  interface Drawing<T, E extends Exception> {
    /** Draws it. */
    T draw() throws E;
  }

  /** Draws the window or a part of it as it stands there, but in the colours for paper. */
  <T, E extends Exception> T onPaper(Drawing<T, E> drawing) throws E {
    draw(Theme.LIGHT);
    rate.showButtons(false);
    try {
      return drawing.draw();
    } finally {
      rate.showButtons(true);
      draw(theme);
    }
  }

  /** Everything grows with the screen: what fits a laptop is to be read from afar on a wall. */
  @Override
  public void setBounds(int x, int y, int width, int height) {
    double fits = Math.min(width / (double) DESIGN.width, height / (double) DESIGN.height);
    double zoom = Math.max(LEAST_ZOOM, fits);
    if (zoom != look.zoom()) {
      look = new Look(look.palette(), zoom);
      draw(theme);
    }
    super.setBounds(x, y, width, height);
  }

  private void changed() {
    if (model.state().theme() != theme) {
      theme = model.state().theme();
      onTheme.accept(theme);
    }
    draw(theme);
    if (model.state().page() != page) {
      page = model.state().page();
      focusPage();
    }
  }

  private void draw(Theme colours) {
    changed = false;
    look = new Look(colours.palette(), look.zoom());
    tone = model.tone();
    runTone = model.runTone();
    setBackground(look.palette().background());
    pages.setBackground(look.palette().background());
    banner.show(colours, look);
    header.show(colours, new Look(runTone.palette(colours), look.zoom()));
    follow(model.detector());
    drawPage(colours);
    drawTime();
    foot.show(model.snapshot(), model.objection(), look);
    rate.look(look);
    repaint();
  }

  private void drawPage(Theme colours) {
    Look ofPage = new Look(tone.palette(colours), look.zoom());
    pageDrawn = model.clocks().nanos();
    pageLayout.show(pages, model.state().page().name());
    switch (model.state().page()) {
      case OVERVIEW -> overview.show(model.ruling(), ofPage);
      case CHAMBERS -> chambers.show(model.ruling(), ofPage);
      case ALARMS -> alarms.show(look);
      case MUONS -> muons.show(model.ruling(), ofPage);
      case EVENTS -> events.show(new Look(model.eventTone().palette(colours), look.zoom()));
    }
  }

  private void drawTime() {
    timeCard.look(look);
    Optional<WindowSummary.Span> span = model.span();
    timeLine.show(
        model.snapshot().series(),
        span.map(WindowSummary.Span::start).orElse(Instant.EPOCH),
        span.map(WindowSummary.Span::end).orElse(Instant.EPOCH),
        mode(),
        model.alarms().marks(),
        model.words(),
        look);
  }

  /** On a screen that is smaller than this, it is scrolled. */
  @Override
  public Dimension getPreferredScrollableViewportSize() {
    return DESIGN;
  }

  @Override
  public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
    return SCROLLED;
  }

  @Override
  public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
    return orientation == SwingConstants.VERTICAL ? visible.height : visible.width;
  }

  @Override
  public boolean getScrollableTracksViewportWidth() {
    return getParent().getWidth() >= LEAST.width;
  }

  @Override
  public boolean getScrollableTracksViewportHeight() {
    return getParent().getHeight() >= LEAST.height;
  }

  @Override
  public Dimension getPreferredSize() {
    return LEAST;
  }

  private TimeLine.Mode mode() {
    if (!model.state().accumulation().live()) {
      return TimeLine.Mode.HISTORY;
    }
    return model.paused()
        ? TimeLine.Mode.PAUSED
        : tone == Tone.STALE ? TimeLine.Mode.STALE : TimeLine.Mode.LIVE;
  }

  /** On a screen, through memory; into a picture, as it is. */
  @Override
  public void paint(Graphics graphics) {
    if (isPaintingForPrint() || getGraphicsConfiguration() == null) {
      super.paint(graphics);
    } else {
      buffer.draw((Graphics2D) graphics, getWidth(), getHeight(), super::paint);
    }
  }

  @Override
  protected void paintChildren(Graphics graphics) {
    super.paintChildren(graphics);
    if (model.snapshot().series().isEmpty() && model.state().page() != Page.ALARMS) {
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
    Connection connection = model.snapshot().connection();
    Optional<MalformedMessage> unread = model.snapshot().lastMalformed();
    String title = unread.isPresent() ? "No result could be read" : "Waiting for the first window…";
    g.setFont(look.regular(14f));
    String detail =
        Typeface.cut(
            unread
                .map(MalformedMessage::reason)
                .orElse(connection.state().title() + ": " + connection.detail()),
            g.getFontMetrics(),
            screenWidth - 120);
    g.setFont(look.medium(26f));
    FontMetrics large = g.getFontMetrics();
    g.setFont(look.regular(14f));
    FontMetrics small = g.getFontMetrics();
    double width = Math.max(large.stringWidth(title), small.stringWidth(detail)) + 80;
    double height = 116;
    double x = (screenWidth - width) / 2;
    double y = (screenHeight - height) / 2;
    RoundRectangle2D box = new RoundRectangle2D.Double(x, y, width, height, 18, 18);
    g.setColor(palette.background());
    g.fill(box);
    g.setColor(palette.border());
    g.draw(box);
    g.setFont(large.getFont());
    centre(g, title, screenWidth, y + 50, palette.text());
    g.setFont(small.getFont());
    Color color =
        unread.isPresent() ? palette.bad() : ConnectionBadge.color(connection.state(), palette);
    centre(g, detail, screenWidth, y + 82, color);
  }

  private static void centre(Graphics2D g, String text, double screenWidth, double y, Color color) {
    g.setColor(color);
    g.drawString(
        text, (float) ((screenWidth - g.getFontMetrics().stringWidth(text)) / 2.0), (float) y);
  }
}
