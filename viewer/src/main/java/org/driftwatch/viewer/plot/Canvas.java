package org.driftwatch.viewer.plot;

import java.awt.Color;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.event.MouseEvent;
import javax.accessibility.AccessibleContext;
import javax.accessibility.AccessibleRole;
import javax.swing.JComponent;
import javax.swing.JPopupMenu;

/**
 * A component that draws itself in units of the design; zooming to the size of the screen is done
 * here, once for all. For the event thread.
 */
public abstract class Canvas extends JComponent {
  private Look look;
  private final int wantedWidth;
  private final int wantedHeight;

  /**
   * A canvas.
   *
   * @param wantedWidth preferred width in units of the design
   * @param wantedHeight preferred height
   */
  protected Canvas(int wantedWidth, int wantedHeight, Look look) {
    this.wantedWidth = wantedWidth;
    this.wantedHeight = wantedHeight;
    this.look = look;
    setOpaque(false);
  }

  /** Draws in this look from now on. */
  protected final void look(Look newLook) {
    if (newLook.zoom() != look.zoom()) {
      invalidate();
    }
    look = newLook;
    repaint();
  }

  /** The colours. */
  protected final Palette palette() {
    return look.palette();
  }

  /** The look. */
  protected final Look look() {
    return look;
  }

  /** Width in units of the design. */
  protected final int designWidth() {
    return (int) (getWidth() / look.zoom());
  }

  /** Height in units of the design. */
  protected final int designHeight() {
    return (int) (getHeight() / look.zoom());
  }

  /** Where the cursor is, in units of the design from the left. */
  protected final double designX(MouseEvent event) {
    return event.getX() / look.zoom();
  }

  /** Where the cursor is, in units of the design from the top. */
  protected final double designY(MouseEvent event) {
    return event.getY() / look.zoom();
  }

  /** The menu of the page that it is on, so that pages need not hand it to each of their parts. */
  @Override
  public final JPopupMenu getComponentPopupMenu() {
    for (Container on = getParent(); on != null; on = on.getParent()) {
      if (on instanceof JComponent page && page.getComponentPopupMenu() != null) {
        return page.getComponentPopupMenu();
      }
    }
    return null;
  }

  /** The colour of the card that it lies on. */
  @Override
  public final Color getBackground() {
    return look.palette().card();
  }

  /** Screen readers need one; Swing's components bring their own, this draws itself. */
  @Override
  public AccessibleContext getAccessibleContext() {
    if (accessibleContext == null) {
      accessibleContext =
          new AccessibleJComponent() {
            @Override
            public AccessibleRole getAccessibleRole() {
              return AccessibleRole.CANVAS;
            }
          };
    }
    return accessibleContext;
  }

  @Override
  public final Dimension getPreferredSize() {
    return new Dimension(look.pixels(wantedWidth), look.pixels(wantedHeight));
  }

  @Override
  public final Dimension getMinimumSize() {
    return new Dimension(0, look.pixels(wantedHeight));
  }

  @Override
  protected final void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    try {
      Typeface.smooth(g);
      g.scale(look.zoom(), look.zoom());
      draw(g);
    } finally {
      g.dispose();
    }
  }

  /**
   * Draws everything.
   *
   * @param g in units of the design, smooth; disposed of by the caller
   */
  protected abstract void draw(Graphics2D g);
}
