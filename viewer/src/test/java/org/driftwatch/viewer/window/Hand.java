package org.driftwatch.viewer.window;

import java.awt.AWTException;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import javax.imageio.ImageIO;
import javax.swing.KeyStroke;

/**
 * A person at the screen, in a process of its own: does what it is told on standard input, {@code
 * key control Q}, {@code click X Y}, {@code menu X Y} with the right button, {@code drag X Y X Y},
 * {@code type WORDS}, {@code look FILE.png}, and answers each with a line.
 */
final class Hand {
  private Hand() {}

  public static void main(String[] args) throws IOException, AWTException {
    Robot robot = new Robot();
    robot.setAutoWaitForIdle(false);
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = told.readLine(); line != null; line = told.readLine()) {
      Scanner words = new Scanner(line);
      switch (words.next()) {
        case "key" -> key(robot, words.nextLine());
        case "click" ->
            press(robot, words.nextInt(), words.nextInt(), InputEvent.BUTTON1_DOWN_MASK);
        case "menu" -> press(robot, words.nextInt(), words.nextInt(), InputEvent.BUTTON3_DOWN_MASK);
        case "drag" -> drag(robot, words);
        case "type" -> type(robot, words.next());
        case "look" -> look(robot, words.next());
        default -> throw new IllegalArgumentException(line);
      }
      System.out.println("done");
    }
  }

  private static void key(Robot robot, String name) {
    KeyStroke stroke = KeyStroke.getKeyStroke(name.strip());
    List<Integer> held = new ArrayList<>();
    if ((stroke.getModifiers() & InputEvent.CTRL_DOWN_MASK) != 0) {
      held.add(KeyEvent.VK_CONTROL);
    }
    if ((stroke.getModifiers() & InputEvent.SHIFT_DOWN_MASK) != 0) {
      held.add(KeyEvent.VK_SHIFT);
    }
    held.forEach(robot::keyPress);
    robot.keyPress(stroke.getKeyCode());
    robot.keyRelease(stroke.getKeyCode());
    held.forEach(robot::keyRelease);
  }

  private static void press(Robot robot, int x, int y, int button) {
    robot.mouseMove(x, y);
    robot.mousePress(button);
    robot.mouseRelease(button);
  }

  private static void drag(Robot robot, Scanner words) {
    int x = words.nextInt();
    int y = words.nextInt();
    int toX = words.nextInt();
    int toY = words.nextInt();
    robot.mouseMove(x, y);
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    for (int step = 1; step <= 10; step++) {
      robot.mouseMove(x + (toX - x) * step / 10, y + (toY - y) * step / 10);
      robot.delay(10);
    }
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
  }

  /** Small letters, digits, dots and the like. */
  private static void type(Robot robot, String text) {
    for (int i = 0; i < text.length(); i++) {
      int code = KeyEvent.getExtendedKeyCodeForChar(text.charAt(i));
      robot.keyPress(code);
      robot.keyRelease(code);
    }
    robot.keyPress(KeyEvent.VK_ENTER);
    robot.keyRelease(KeyEvent.VK_ENTER);
  }

  private static void look(Robot robot, String file) throws IOException {
    Rectangle all = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
    ImageIO.write(robot.createScreenCapture(all), "png", new File(file));
  }
}
