package org.driftwatch.viewer.window;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import com.formdev.flatlaf.fonts.roboto.FlatRobotoFont;
import javax.swing.ToolTipManager;
import org.driftwatch.viewer.plot.Typeface;
import org.driftwatch.viewer.view.Theme;

/** Swing's buttons, menus and dialogs in a theme. On the event thread. */
public final class LookAndFeel {
  private static final int TIP_MILLIS = 30_000;

  private LookAndFeel() {}

  /** Sets the look and feel, before the first component is made. */
  public static void install(Theme theme) {
    Typeface.install();
    FlatLaf.setPreferredFontFamily(FlatRobotoFont.FAMILY);
    // Two sentences take longer to read than the usual four seconds.
    ToolTipManager.sharedInstance().setDismissDelay(TIP_MILLIS);
    setUp(theme);
  }

  /** Changes the look and feel of all open windows. */
  static void change(Theme theme) {
    setUp(theme);
    FlatLaf.updateUI();
  }

  private static void setUp(Theme theme) {
    boolean done = theme == Theme.DARK ? FlatDarkLaf.setup() : FlatLightLaf.setup();
    if (!done) {
      throw new IllegalStateException("the look and feel " + theme + " cannot be set");
    }
  }
}
