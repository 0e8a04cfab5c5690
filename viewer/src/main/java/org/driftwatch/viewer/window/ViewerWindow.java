package org.driftwatch.viewer.window;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JFileChooser;
import javax.swing.JFrame;
import javax.swing.JMenuItem;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.quality.alarm.AlarmCommand;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.viewer.emulator.Pace;
import org.driftwatch.viewer.export.PictureFormat;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.Told;
import org.driftwatch.viewer.page.AlarmsPage;
import org.driftwatch.viewer.page.EventsPage;
import org.driftwatch.viewer.part.Command;
import org.driftwatch.viewer.part.Command.Group;
import org.driftwatch.viewer.part.RateControl;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.view.AlarmSettings;
import org.driftwatch.viewer.view.ChamberKeys;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Page;
import org.driftwatch.viewer.view.Sheets;
import org.driftwatch.viewer.view.Theme;

/** The dashboard in a window, with its keys. For the event thread. */
public final class ViewerWindow {
  private static final int TICK_MILLIS = 200;
  private static final double STEP = 0.25;

  private final DashboardModel model;
  private final JFrame frame;
  private final Dashboard dashboard;
  private final Desk desk;
  private final HelpSheet help;
  private final AlarmDialog dialog;
  private final Caller caller;
  private final Timer ticking;

  /**
   * Makes the window; {@link #open} shows it.
   *
   * @param size wanted, in pixels; the screen's if that is smaller
   * @param folder where pictures, data and references are saved
   * @param onPace takes the pace that the user asks an emulator for
   * @param onClose runs when the user closes the window
   */
  public ViewerWindow(
      DashboardModel model, Dimension size, Path folder, Consumer<Pace> onPace, Runnable onClose) {
    this.model = model;
    frame = new JFrame(title());
    dashboard = new Dashboard(model, this::dress, onPace);
    desk = new Desk(dashboard, model, folder);
    List<Command> commands = commands();
    commands.forEach(this::key);
    dashboard.install(commands);
    dashboard.plotMenu(plotMenu());
    help = new HelpSheet(dashboard.look());
    dialog = new AlarmDialog(frame, model);
    caller = new Caller(reason -> SwingUtilities.invokeLater(() -> dashboard.say(reason, true)));
    JPanel glass = new JPanel(new BorderLayout());
    glass.setOpaque(false);
    glass.add(help);
    frame.setGlassPane(glass);
    frame.setIconImages(Icon.images());
    JScrollPane scroll =
        new JScrollPane(dashboard) {
          @Override
          protected boolean processKeyBinding(
              KeyStroke stroke, KeyEvent event, int condition, boolean pressed) {
            // Arrows and page keys are commands of the dashboard.
            return false;
          }
        };
    scroll.setBorder(BorderFactory.createEmptyBorder());
    frame.setContentPane(scroll);
    Rectangle screen = GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
    frame.setMinimumSize(
        new Dimension(
            Math.min(Dashboard.LEAST.width, screen.width),
            Math.min(Dashboard.LEAST.height, screen.height)));
    // A size remembered from a wall must fit a laptop.
    frame.setSize(Math.min(size.width, screen.width), Math.min(size.height, screen.height));
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
    ticking = new Timer(TICK_MILLIS, event -> tick());
  }

  private void tick() {
    dashboard.tick();
    model.call().ifPresent(call -> caller.call(call, model.alarmSettings()));
  }

  private void dress(Theme theme) {
    LookAndFeel.change(theme);
    if (help.isVisible()) {
      help.dress(new Look(theme.palette(), dashboard.look().zoom()));
    }
  }

  private List<Command> commands() {
    List<Command> all = new ArrayList<>();
    Group view = Group.VIEW;
    add(all, view, "Overview", Page.OVERVIEW.key(), () -> model.page(Page.OVERVIEW));
    add(all, view, "Chambers, side by side", Page.CHAMBERS.key(), () -> model.page(Page.CHAMBERS));
    add(all, view, "Alarms", Page.ALARMS.key(), () -> model.page(Page.ALARMS));
    add(all, view, "Muons, chambers side by side", Page.MUONS.key(), () -> model.page(Page.MUONS));
    add(all, view, "Events: single muons", Page.EVENTS.key(), () -> model.page(Page.EVENTS));
    for (int i = 0; i < DetectorDescription.MAX_CHAMBERS; i++) {
      int chamber = i;
      all.add(
          new Command(
              view, largeWords(i), ChamberKeys.stroke(i), largeKeys(i), () -> enlarge(chamber)));
    }
    all.add(new Command(view, "All chambers again; close help", "ESCAPE", "Esc", this::back));
    boolean turns = model.sheets().count() > 1;
    String next = turns ? "Next chambers" : "";
    String previous = turns ? "Chambers before" : "";
    all.add(new Command(view, next, "PAGE_DOWN", "Page Down", () -> model.turn(1)));
    all.add(new Command(view, previous, "PAGE_UP", "Page Up", () -> model.turn(-1)));
    add(all, view, "Linear or logarithmic", "L", () -> model.log(!model.state().log()));
    add(all, view, "Light or dark", "T", () -> model.theme(model.state().theme().other()));
    Group time = Group.TIME;
    add(all, time, "Newest window", "N", () -> model.accumulate(Accumulation.newestWindow()));
    add(all, time, "Last minutes", "M", () -> model.accumulate(model.minutes()));
    add(all, time, "Since the start", "S", () -> model.accumulate(Accumulation.sinceStart()));
    all.add(new Command(time, "Back in history; an older event", "LEFT", "Left", () -> move(-1)));
    all.add(new Command(time, "Forward; a newer event", "RIGHT", "Right", () -> move(1)));
    all.add(new Command(time, "Longer stretch", "UP", "Up", () -> model.stretch(2)));
    all.add(new Command(time, "Shorter stretch", "DOWN", "Down", () -> model.stretch(0.5)));
    add(all, time, "Live again", "V", model::live);
    add(all, time, "Pause or resume", "P", () -> model.pause(!model.paused()));
    Group alarms = Group.ALARMS;
    add(all, alarms, "Acknowledge…", "A", () -> onAlarm(dialog::acknowledge));
    add(all, alarms, "Shelve…", "K", () -> onAlarm(dialog::shelve));
    add(all, alarms, "Unshelve…", "Y", () -> onAlarm(dialog::unshelve));
    add(all, alarms, AlarmsPage.SOUND, "B", this::sound);
    add(all, alarms, AlarmsPage.NOTICES, "D", this::notices);
    add(all, view, "Open alarms or all", "I", () -> model.allAlarms(!model.showsAllAlarms()));
    Group events = Group.EVENTS;
    add(all, events, "Live or hold", "G", () -> model.liveEvents(!model.events().isLive()));
    add(all, events, EventsPage.FIND, "F", this::askOrbit);
    Group save = Group.SAVE;
    add(all, save, "Picture of the window", "W", () -> picture("window", dashboard));
    add(all, save, "Picture of the view", "X", () -> picture("view", dashboard.view()));
    add(all, save, "Data as CSV", "C", () -> desk.data("csv"));
    add(all, save, "Data as JSON", "J", () -> desk.data("json"));
    all.add(new Command(save, "Save as ROOT, HDF5, PDF…", "control S", "Ctrl+S", this::saveAs));
    all.add(new Command(save, "Print", "control P", "Ctrl+P", desk::print));
    Group reference = Group.REFERENCE;
    add(all, reference, "Save what is shown as reference", "R", desk::saveReference);
    add(all, reference, "Open a reference…", "O", this::chooseReference);
    add(all, reference, "Without reference", "U", model::withoutReference);
    Group more = Group.PROGRAM;
    RateControl rate = dashboard.rate();
    add(all, more, "Help and keys", "H", this::help);
    all.add(
        new Command(more, "Emulator: half the rate", "OPEN_BRACKET", "[", () -> rate.times(0.5)));
    all.add(
        new Command(more, "Emulator: twice the rate", "CLOSE_BRACKET", "]", () -> rate.times(2)));
    add(all, more, "Emulator: set the rate…", "E", this::askRate);
    all.add(new Command(more, "Quit", "control Q", "Ctrl+Q", this::quit));
    return all;
  }

  private void picture(String what, Component component) {
    desk.picture(what, component, PictureFormat.PNG);
  }

  /** The menu of a plot. */
  private JPopupMenu plotMenu() {
    JPopupMenu menu = new JPopupMenu();
    for (PictureFormat format : PictureFormat.values()) {
      JMenuItem item = new JMenuItem("Save plot as " + format);
      item.addActionListener(event -> desk.picture("plot", menu.getInvoker(), format));
      menu.add(item);
    }
    return menu;
  }

  private static void add(
      List<Command> all, Group group, String words, String key, Runnable action) {
    all.add(new Command(group, words, key, key, action));
  }

  /** The last chamber of those that are listed in one line with this one. */
  private int lastListed(int chamber) {
    int chambers = model.detector().chambers();
    if (chambers <= Sheets.MOST) {
      return chamber;
    }
    return Math.min(chambers, chamber < ChamberKeys.PLAIN ? ChamberKeys.PLAIN : chambers) - 1;
  }

  /** What a chamber's key does; empty if it is listed with another one, or there is none. */
  private String largeWords(int chamber) {
    Detector detector = model.detector();
    if (chamber >= detector.chambers() || (chamber > 0 && lastListed(chamber - 1) >= chamber)) {
      return "";
    }
    int last = lastListed(chamber);
    return last == chamber
        ? detector.brief("Chamber ", chamber) + " large"
        : detector.brief("Chambers ", chamber) + " to " + detector.brief("", last) + " large";
  }

  private String largeKeys(int chamber) {
    int last = lastListed(chamber);
    return last > chamber ? ChamberKeys.keys(chamber, last) : ChamberKeys.key(chamber);
  }

  private String title() {
    return "Driftwatch · " + model.detector().name();
  }

  private void quit() {
    frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING));
  }

  private void onAlarm(Consumer<AlarmMessage> action) {
    dashboard
        .chosenAlarm()
        .ifPresentOrElse(action, () -> dashboard.say("There is no open alarm", false));
  }

  private void sound() {
    AlarmSettings settings = model.alarmSettings();
    model.alarmSettings(settings.withSound(!settings.sound()));
    dashboard.say("Sound on alarm: " + (settings.sound() ? "off" : "on"), false);
  }

  private void notices() {
    AlarmSettings settings = model.alarmSettings();
    model.alarmSettings(settings.withNotice(!settings.notice()));
    dashboard.say("Desktop notices on alarm: " + (settings.notice() ? "off" : "on"), false);
  }

  private void enlarge(int chamber) {
    model.enlarge(chamber);
    dashboard.requestFocusInWindow();
  }

  private void back() {
    if (help.isVisible()) {
      help();
    } else {
      model.reduce();
      dashboard.requestFocusInWindow();
    }
  }

  private void help() {
    boolean show = !help.isVisible();
    help.show(commands(), dashboard.look());
    help.setVisible(show);
    frame.getGlassPane().setVisible(show);
  }

  private void saveAs() {
    SaveDialog.ask(frame, desk.folder()).ifPresent(desk::saveAs);
  }

  private void chooseReference() {
    JFileChooser chooser = new JFileChooser(desk.folder().toFile());
    chooser.setDialogTitle("Open a reference");
    if (chooser.showOpenDialog(frame) == JFileChooser.APPROVE_OPTION) {
      desk.loadReference(chooser.getSelectedFile().toPath());
    }
  }

  /** Compares with the reference in this file, soon. */
  public void loadReference(Path file) {
    desk.loadReference(file);
  }

  /** Arrows go through what the page shows: events, or the history. */
  private void move(int forward) {
    if (model.state().page() == Page.EVENTS) {
      model.olderEvent(-forward);
    } else {
      model.move(forward * STEP);
    }
  }

  private void askOrbit() {
    model.page(Page.EVENTS);
    String given =
        JOptionPane.showInputDialog(
            frame, "Number of the orbit:", "Find an orbit", JOptionPane.PLAIN_MESSAGE);
    if (given != null) {
      model.findEvent(given).ifPresent(why -> dashboard.say(why, true));
    }
  }

  private void askRate() {
    if (dashboard.rate().pace().isEmpty()) {
      dashboard.say("No emulator answers: its rate cannot be changed from here", true);
      return;
    }
    String given =
        JOptionPane.showInputDialog(
            frame,
            "Records per second, 0 for as fast as possible:",
            "Emulator's rate",
            JOptionPane.PLAIN_MESSAGE);
    if (given == null) {
      return;
    }
    try {
      double rate = Double.parseDouble(given.strip());
      if (rate >= 0 && Double.isFinite(rate)) {
        dashboard.rate().set(Pace.rate(rate));
        return;
      }
      dashboard.say("Rate " + given + " not set: expected a number from 0 up", true);
    } catch (NumberFormatException e) {
      dashboard.say("Rate '" + given + "' not set: expected a number from 0 up", true);
    }
  }

  private void key(Command command) {
    for (KeyStroke stroke : strokes(command.stroke())) {
      dashboard.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).put(stroke, command.stroke());
    }
    dashboard
        .getActionMap()
        .put(
            command.stroke(),
            new AbstractAction() {
              @Override
              public void actionPerformed(ActionEvent event) {
                command.action().run();
              }
            });
  }

  /**
   * Letters and digits count when they are typed, not when their key goes down: what comes after
   * that would be the first letter in the dialog that a command opens.
   */
  private static List<KeyStroke> strokes(String key) {
    return key.length() == 1
        ? List.of(
            KeyStroke.getKeyStroke(Character.toLowerCase(key.charAt(0))),
            KeyStroke.getKeyStroke(key.charAt(0)))
        : List.of(KeyStroke.getKeyStroke(key));
  }

  /** Shows the window. */
  public void open() {
    frame.setVisible(true);
    dashboard.requestFocusInWindow();
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
    frame.setTitle(title());
  }

  /** Shows the emulator's pace; empty if none answers. */
  public void showPace(Optional<Pace> pace) {
    dashboard.rate().show(pace);
  }

  /** Shows the alarms, and says what was answered. */
  public void showAlarms(Told<AlarmMessage> told) {
    model.alarms(told).forEach(words -> dashboard.say(words, false));
    dashboard.tick();
  }

  /** Says that a command on an alarm was not sent. */
  public void notSent(AlarmCommand command, String reason) {
    model.notSent(command.alarm());
    dashboard.say("Not sent: " + reason, true);
  }

  /** Says something at the bottom of the window. */
  public void say(String words, boolean failure) {
    dashboard.say(words, failure);
  }

  /** The window itself. */
  public JFrame frame() {
    return frame;
  }
}
