package org.driftwatch.viewer.part;

import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Insets;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import org.driftwatch.viewer.emulator.Pace;
import org.driftwatch.viewer.plot.Look;

/** The emulator's pace and buttons that change it; hidden if no emulator answers. */
public final class RateControl extends JPanel {
  private final Consumer<Pace> onPace;
  private final JLabel words = new JLabel();
  private final JButton slower = new JButton("½");
  private final JButton faster = new JButton("2×");
  private Optional<Pace> pace = Optional.empty();

  /**
   * A control, hidden at first.
   *
   * @param onPace takes the pace that the user asks for
   */
  public RateControl(Consumer<Pace> onPace) {
    super(new FlowLayout(FlowLayout.RIGHT, 4, 0));
    this.onPace = onPace;
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

  /** Shows the emulator's pace; empty if none answers. */
  public void show(Optional<Pace> newPace) {
    pace = newPace;
    setVisible(pace.isPresent());
    pace.ifPresent(now -> words.setText("Emulator: " + now.words()));
    showButtons(true);
    revalidate();
  }

  /** The pace shown. */
  public Optional<Pace> pace() {
    return pace;
  }

  /** Asks for a multiple of the pace, if an emulator answers and its pace has one. */
  public void times(double factor) {
    pace.flatMap(now -> now.times(factor)).ifPresent(onPace);
  }

  /** Asks for a pace. */
  public void set(Pace wanted) {
    onPace.accept(wanted);
  }

  /** On paper there is nothing to press. */
  public void showButtons(boolean shown) {
    boolean canChange = pace.flatMap(now -> now.times(1)).isPresent();
    slower.setVisible(shown && canChange);
    faster.setVisible(shown && canChange);
  }

  /** Draws it like this from now on. */
  public void look(Look look) {
    words.setFont(look.letters(12));
    words.setForeground(look.palette().muted());
    for (JButton button : new JButton[] {slower, faster}) {
      button.setFont(look.letters(12));
      button.setPreferredSize(new Dimension(look.pixels(38), look.pixels(20)));
    }
  }
}
