package org.driftwatch.launcher.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.driftwatch.telemetry.Readiness;

/**
 * A program that does what it is told, one word after the other: {@code say:TEXT}, {@code
 * reach:STATE}, {@code exit:STATUS}, {@code await} (for ever), {@code onStop:TEXT} (a line in the
 * file {@link #STOPS} when it is stopped) and {@code hangAtEnd}.
 */
public final class FakePart {
  /** Beside the part's log. */
  public static final String STOPS = "stops";

  private FakePart() {}

  /** Does it. */
  public static void main(String[] words) throws InterruptedException {
    for (String word : words) {
      String what = word.substring(word.indexOf(':') + 1);
      if (word.startsWith("say:")) {
        System.out.println(what);
      } else if (word.startsWith("reach:")) {
        Readiness.reached(what);
      } else if (word.startsWith("onStop:")) {
        onStop(() -> append(what));
      } else if (word.equals("hangAtEnd")) {
        onStop(FakePart::await);
      } else if (word.equals("await")) {
        await();
      } else if (word.startsWith("exit:")) {
        System.exit(Integer.parseInt(what));
      } else {
        throw new IllegalArgumentException(word);
      }
    }
  }

  /** What a file beside the log tells the program of this name to do; the first line each time. */
  public static void follow(String name) throws IOException, InterruptedException {
    Path script = beside(name + ".does");
    List<String> lines = Files.exists(script) ? Files.readAllLines(script) : List.of("await");
    if (lines.size() > 1) {
      Files.write(script, lines.subList(1, lines.size()));
    }
    main(lines.get(0).split(" "));
  }

  private static void onStop(Runnable action) {
    Runtime.getRuntime().addShutdownHook(new Thread(action));
  }

  private static void append(String line) {
    try {
      Files.writeString(
          beside(STOPS), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path beside(String name) {
    return Path.of(System.getProperty(Readiness.PROPERTY)).resolveSibling(name);
  }

  private static void await() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
