package org.driftwatch.viewer.page;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.MuonEvents.Event;
import org.driftwatch.detector.MuonEvents.Hit;
import org.driftwatch.detector.MuonEvents.Segment;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.EventLog;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.EventMarks;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Typeface;
import org.driftwatch.viewer.view.EventDesk;

/** An event in words and numbers, and what the marks of its plots mean. */
final class EventWords extends Canvas {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int WIDTH = 336;
  private static final float LINE = 16;
  private static final float SIZE = 12;

  /** Right ends of the columns behind the chamber's name. */
  private static final int[] SEGMENT_COLUMNS = {128, 184, 250, 280, WIDTH - 4};

  private static final int[] HIT_COLUMNS = {104, 140, 214, 270, WIDTH - 4};

  private static final int LEGEND_LINES = 4;

  private final Detector detector;
  private Optional<EventLog.Entry> shown = Optional.empty();
  private Optional<EventReading> reading = Optional.empty();
  private String place = "";
  private String trouble = "";
  private float y;

  EventWords(Detector detector, Look look) {
    super(WIDTH, 0, look);
    this.detector = detector;
  }

  /** Shows the event of a desk, its detector described so. */
  void show(EventDesk desk, DetectorDescription description, Look newLook) {
    shown = desk.shown();
    reading = shown.map(entry -> new EventReading(description, entry.event()));
    place = desk.placeWords();
    trouble = desk.trouble();
    getAccessibleContext()
        .setAccessibleName(shown.map(e -> orbit(e.event())).orElse("") + " " + trouble);
    look(newLook);
  }

  private static String orbit(Event event) {
    return "Orbit " + Long.toUnsignedString(event.orbit());
  }

  @Override
  protected void draw(Graphics2D g) {
    y = 4;
    if (shown.isPresent()) {
      Event event = shown.get().event();
      g.setFont(look().medium(17));
      g.setColor(palette().text());
      y += 14;
      g.drawString(orbit(event), 4, y);
      y += 4;
      calm(g, place);
      calm(g, window(shown.get()));
      calm(
          g,
          event.scintillatorNs().isPresent()
              ? number("scintillator at %.1f ns of the orbit", event.scintillatorNs().getAsDouble())
              : "no scintillator hit");
      warning(g);
      segments(g, event);
      hits(g, event);
      legend(g);
    }
  }

  private static String window(EventLog.Entry entry) {
    String words =
        TIME.format(entry.window().start()) + " – " + CLOCK.format(entry.window().end()) + " UTC";
    return entry.revision() == 0 ? words : words + ", rev. " + entry.revision();
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private void calm(Graphics2D g, String words) {
    g.setFont(look().regular(SIZE));
    g.setColor(palette().muted());
    y += LINE;
    g.drawString(Typeface.cut(words, g.getFontMetrics(), designWidth() - 8.0), 4, y);
  }

  private void warning(Graphics2D g) {
    if (trouble.isEmpty()) {
      return;
    }
    g.setFont(look().regular(SIZE));
    g.setColor(palette().warning());
    for (String line : Typeface.wrapped(trouble, g.getFontMetrics(), designWidth() - 8.0)) {
      y += LINE;
      g.drawString(Typeface.cut(line, g.getFontMetrics(), designWidth() - 8.0), 4, y);
    }
  }

  private void title(Graphics2D g, String title, int[] columns, String... names) {
    y += LINE * 1.6f;
    g.setFont(look().medium(13));
    g.setColor(palette().text());
    g.drawString(title, 4, y);
    g.setFont(look().regular(11));
    g.setColor(palette().muted());
    FontMetrics metrics = g.getFontMetrics();
    for (int i = 0; i < names.length; i++) {
      g.drawString(names[i], columns[i] - metrics.stringWidth(names[i]), y);
    }
  }

  private void row(Graphics2D g, int chamber, boolean isCalm, int[] columns, String... words) {
    y += LINE;
    g.setColor(palette().chamber(chamber));
    g.fill(new RoundRectangle2D.Double(4, y - 9, 10, 10, 3, 3));
    g.setFont(look().regular(SIZE));
    g.setColor(isCalm ? palette().muted() : palette().text());
    FontMetrics metrics = g.getFontMetrics();
    double room = columns[0] - metrics.stringWidth(words[0]) - 24.0;
    g.drawString(Typeface.cut(detector.brief("", chamber), metrics, room), 18, y);
    for (int i = 0; i < words.length; i++) {
      g.drawString(words[i], columns[i] - metrics.stringWidth(words[i]), y);
    }
  }

  private void more(Graphics2D g, int number, String what) {
    calm(g, "and " + number + " more " + what + ": see under the cursor");
  }

  /** Lines that are free above the legend. */
  private int free() {
    return (int) ((designHeight() - LEGEND_LINES * LINE - 14 - y) / LINE);
  }

  private void segments(Graphics2D g, Event event) {
    title(g, "Segments", SEGMENT_COLUMNS, "mm", "mrad", "t0 ns", "hits", "");
    List<Segment> all = event.segments();
    for (int i = 0; i < all.size(); i++) {
      if (free() < 4) {
        more(g, all.size() - i, "segments");
        return;
      }
      Segment s = all.get(i);
      row(
          g,
          s.chamber(),
          s.isAmbiguous(),
          SEGMENT_COLUMNS,
          number("%.2f", s.xMm()),
          number("%.0f", 1000 * Math.atan(s.tangent())),
          number("%.1f", s.t0Ns()),
          Integer.toString(s.hits().size()),
          s.isAmbiguous() ? "ambig." : s.usesScintillator() ? "scint." : "");
    }
    if (all.isEmpty()) {
      calm(g, "none");
    }
  }

  private void hits(Graphics2D g, Event event) {
    if (free() < 3) {
      return;
    }
    title(g, "Hits", HIT_COLUMNS, "layer", "wire", "ns", "drift ns", "mm");
    List<Hit> all = event.hits();
    List<Integer> order =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer i) -> all.get(i).chamber())
                    .thenComparing(i -> reading.orElseThrow().side(i) == 0)
                    .thenComparing(i -> -all.get(i).layer()))
            .toList();
    for (int i = 0; i < order.size(); i++) {
      if (free() < 2 && i < order.size() - 1) {
        more(g, order.size() - i, "hits");
        return;
      }
      int hit = order.get(i);
      Hit h = all.get(hit);
      int side = reading.orElseThrow().side(hit);
      row(
          g,
          h.chamber(),
          side == 0,
          HIT_COLUMNS,
          Integer.toString(h.layer()),
          Integer.toString(h.wire()),
          number("%.1f", h.timeNs()),
          reading
              .orElseThrow()
              .driftNs(hit)
              .filter(ns -> reading.orElseThrow().driftMm(hit).isPresent())
              .map(ns -> number("%.1f", ns))
              .orElse("–"),
          reading
              .orElseThrow()
              .driftMm(hit)
              .map(mm -> number(side == 0 ? "±%.2f" : "%+.2f", side == 0 ? mm : side * mm))
              .orElse("–"));
    }
  }

  private void legend(Graphics2D g) {
    float top = designHeight() - LEGEND_LINES * LINE;
    g.setFont(look().regular(11));
    double middle = designWidth() / 2.0;
    int chamber =
        shown.orElseThrow().event().hits().stream().findFirst().map(Hit::chamber).orElse(0);
    EventMarks.chosen(g, 12, top, palette().chamber(chamber), palette());
    legend(g, "where the muon passed", 26, top);
    EventMarks.other(g, 12, top + LINE, palette().muted());
    legend(g, "the other side", 26, top + LINE);
    EventMarks.noise(g, 12, top + 2 * LINE, palette());
    legend(g, "hit on no segment", 26, top + 2 * LINE);
    EventMarks.segment(g, sample(middle, top), palette().chamber(chamber), true);
    legend(g, "segment", middle + 34, top);
    EventMarks.segment(g, sample(middle, top + LINE), palette().chamber(chamber), false);
    legend(g, "ambiguous one", middle + 34, top + LINE);
    EventMarks.track(g, sample(middle, top + 2 * LINE), palette(), true);
    legend(g, "line through segments", middle + 34, top + 2 * LINE);
  }

  private static Line2D.Double sample(double x, double at) {
    return new Line2D.Double(x, at, x + 28, at);
  }

  private void legend(Graphics2D g, String words, double x, float at) {
    g.setColor(palette().muted());
    g.drawString(words, (float) x, at + 4);
  }
}
