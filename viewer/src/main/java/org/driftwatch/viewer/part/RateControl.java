package org.driftwatch.viewer.part;

import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Insets;
import java.util.OptionalDouble;
import java.util.function.DoubleConsumer;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Typeface;

/** The emulator's rate and buttons that change it; hidden if no emulator answers. */
public final class RateControl extends JPanel {
  private static final double FIRST = 1_000;

  private final DoubleConsumer onRate;
  private final JLabel words = new JLabel();
  private final JButton slower = new JButton("½");
  private final JButton faster = new JButton("2×");
  private OptionalDouble rate = OptionalDouble.empty();

  /**
   * A control, hidden at first.
   *
   * @param onRate takes the rate that the user asks for, records per second
   */
  public RateControl(DoubleConsumer onRate) {
    super(new FlowLayout(FlowLayout.RIGHT, 4, 0));
    this.onRate = onRate;
    setOpaque(false);
    setVisible(false);
    setName("rate");
    slower.setToolTipText("Halve the emulator's rate ([)");
    faster.setToolTipText("Double the emulator's rate (])");
    slower.setMargin(new Insets(0, 0, 0, 0));
    faster.setMargin(new Insets(0, 0, 0, 0));
    slower.setFocusable(false);
    faster.setFocusable(false);
    slower.addActionListener(event -> times(0.5));
    faster.addActionListener(event -> times(2));
    add(words);
    add(slower);
    add(faster);
  }

  /** Shows the emulator's rate, records per second; empty if none answers. */
  public void show(OptionalDouble newRate) {
    rate = newRate;
    setVisible(rate.isPresent());
    if (rate.isPresent()) {
      double value = rate.getAsDouble();
      words.setText(
          "Emulator: " + (value == 0 ? "as fast as possible" : Numbers.rate(value) + " records/s"));
    }
    revalidate();
  }

  /** The rate shown. */
  public OptionalDouble rate() {
    return rate;
  }

  /** Asks for a multiple of the rate, if an emulator answers. */
  public void times(double factor) {
    if (rate.isPresent()) {
      onRate.accept(rate.getAsDouble() == 0 ? FIRST : rate.getAsDouble() * factor);
    }
  }

  /** Asks for a rate, records per second; 0 is as fast as possible. */
  public void set(double value) {
    onRate.accept(value);
  }

  /** On paper there is nothing to press. */
  public void showButtons(boolean shown) {
    slower.setVisible(shown);
    faster.setVisible(shown);
  }

  /** Draws it like this from now on. */
  public void look(Look look) {
    words.setFont(Typeface.regular((float) (12 * look.zoom())));
    words.setForeground(look.palette().muted());
    for (JButton button : new JButton[] {slower, faster}) {
      button.setFont(Typeface.regular((float) (12 * look.zoom())));
      button.setPreferredSize(new Dimension(look.pixels(38), look.pixels(20)));
    }
  }
}
