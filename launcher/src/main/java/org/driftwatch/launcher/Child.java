package org.driftwatch.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs another program's {@code main} as a child of the launcher: {@code Child CLASS ARGUMENTS...}.
 * It ends when the launcher does, however that ends: the launcher holds the other end of its
 * standard input, and nothing else is ever read from there.
 */
public final class Child {
  /** What the program is given to end by itself, ms. */
  private static final long END_MILLIS = 10_000;

  private Child() {}

  /** Runs the main method of the class that the first argument names. */
  public static void main(String[] arguments) throws Throwable {
    Thread watch = new Thread(Child::endWithLauncher, "launcher-watch");
    watch.setDaemon(true);
    watch.start();
    Method main = Class.forName(arguments[0]).getMethod("main", String[].class);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void endWithLauncher() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A pipe that is broken has no launcher at its other end either.
    }
    Thread exit = new Thread(() -> System.exit(1), "launcher-gone");
    exit.start();
    try {
      // It ends the JVM while this waits, unless something hangs at its end.
      exit.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }
}
