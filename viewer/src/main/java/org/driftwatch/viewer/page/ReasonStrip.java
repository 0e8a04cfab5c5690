package org.driftwatch.viewer.page;

import java.awt.Graphics2D;
import java.util.List;
import org.driftwatch.quality.Verdict;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.view.Ruling;

/**
 * Why a chamber is as it is, between its caption and its plots; on a small card only what calls for
 * somebody.
 */
final class ReasonStrip extends Canvas {
  private static final int LARGE = 64;
  private static final int SMALL = 42;

  private final boolean large;
  private List<Verdict> verdicts = List.of();
  private Ruling ruling;

  ReasonStrip(boolean isLarge, Ruling ruling, Look look) {
    super(200, isLarge ? LARGE : SMALL, look);
    large = isLarge;
    this.ruling = ruling;
  }

  void show(List<Verdict> newVerdicts, Ruling newRuling, Look newLook) {
    verdicts =
        large
            ? newVerdicts
            : newVerdicts.stream().filter(verdict -> verdict.level().alarms()).toList();
    setVisible(large || !verdicts.isEmpty());
    ruling = newRuling;
    setToolTipText(Reasons.html(verdicts, ruling));
    look(newLook);
  }

  @Override
  protected void draw(Graphics2D g) {
    new Reasons(g, look(), 4, designWidth() - 8.0, 16, designHeight() - 2.0).draw(verdicts, ruling);
  }
}
