package org.driftwatch.viewer.window;

import java.awt.Dimension;
import java.awt.event.ActionEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.time.Clock;
import javax.swing.AbstractAction;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.KeyStroke;
import javax.swing.Timer;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Snapshot;

/** The dashboard in a window, with its keys. For the event thread. */
public final class ViewerWindow {
  private static final int TICK_MILLIS = 200;
  private static final Dimension LEAST = new Dimension(960, 600);

  private final JFrame frame;
  private final Dashboard dashboard;
  private final Timer ticking;

  /**
   * Makes the window; {@link #open} shows it.
   *
   * @param onClose runs when the person closes it
   */
  public ViewerWindow(
      RunConfiguration run,
      Snapshot first,
      ViewState state,
      Dimension size,
      Clock clock,
      Runnable onClose) {
    frame = new JFrame("Driftwatch · " + run.name());
    dashboard = new Dashboard(run, first, state, clock, Theme::change);
    frame.setIconImages(Icon.images());
    frame.setContentPane(dashboard);
    frame.setMinimumSize(LEAST);
    frame.setSize(size);
    frame.setLocationRelativeTo(null);
    frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosing(WindowEvent event) {
            close();
            onClose.run();
          }
        });
    ticking = new Timer(TICK_MILLIS, event -> dashboard.tick());
    key("N", () -> dashboard.accumulate(Accumulation.NEWEST_WINDOW));
    key("S", () -> dashboard.accumulate(Accumulation.SINCE_START));
    key("L", () -> dashboard.log(!dashboard.state().log()));
    key("T", () -> dashboard.theme(dashboard.state().theme().other()));
    key("control Q", () -> frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING)));
  }

  private void key(String stroke, Runnable action) {
    dashboard
        .getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW)
        .put(KeyStroke.getKeyStroke(stroke), stroke);
    dashboard
        .getActionMap()
        .put(
            stroke,
            new AbstractAction() {
              @Override
              public void actionPerformed(ActionEvent event) {
                action.run();
              }
            });
  }

  /** Shows the window. */
  public void open() {
    frame.setVisible(true);
    ticking.start();
  }

  /** Takes the window away. */
  public void close() {
    ticking.stop();
    frame.dispose();
  }

  /** Shows what the topic says now. */
  public void show(Snapshot snapshot) {
    dashboard.show(snapshot);
  }

  /** What the window holds. */
  public Dashboard dashboard() {
    return dashboard;
  }

  /** The window itself. */
  public JFrame frame() {
    return frame;
  }
}
