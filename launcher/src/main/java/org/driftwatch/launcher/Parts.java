package org.driftwatch.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The parts of a run: starts them, reports the end of each, and stops those that still run.
 *
 * <p>Used by one thread; {@link #requestStop} may be called by any.
 */
final class Parts {
  /**
   * A part has ended, or the run is to be stopped.
   *
   * @param part empty where the run is to be stopped
   */
  record Ended(Optional<Part> part, int status) {}

  private final Home home;
  private final Path folder;
  private final long stopSeconds;
  private final Map<String, Part> running = new LinkedHashMap<>();
  private final LinkedBlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

  /**
   * @param folder of the parts' logs
   * @param stopSeconds what a part is given to end by itself
   */
  Parts(Home home, Path folder, long stopSeconds) {
    this.home = home;
    this.folder = folder;
    this.stopSeconds = stopSeconds;
  }

  /** Starts a part; it may have ended before under the same name. */
  void start(String name, JavaProgram program, Part.Output output) {
    Part part = Part.start(home, name, program, output, folder);
    running.put(name, part);
    Thread watch = new Thread(() -> awaitEnd(part), name + "-end");
    watch.setDaemon(true);
    watch.start();
  }

  private void awaitEnd(Part part) {
    try {
      ended.add(new Ended(Optional.of(part), part.process().waitFor()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next part that ends, within a time, ms. */
  Optional<Ended> next(long millis) throws InterruptedException {
    Optional<Ended> next = Optional.ofNullable(ended.poll(millis, TimeUnit.MILLISECONDS));
    next.flatMap(Ended::part).ifPresent(part -> running.remove(part.name(), part));
    return next;
  }

  /** Wakes whoever waits for {@link #next}, now and later. */
  void requestStop() {
    ended.add(new Ended(Optional.empty(), 0));
  }

  /** How far a running part says that it has got. */
  Optional<String> state(String name) {
    return Optional.ofNullable(running.get(name)).flatMap(Part::state);
  }

  /** Whether a running part says that it has got this far. */
  boolean hasReached(String name, String state) {
    return state(name).filter(state::equals).isPresent();
  }

  /** Stops all that run, those of these names first and in this order. */
  void stopAll(List<String> order) {
    List<Part> parts = new ArrayList<>();
    order.forEach(name -> Optional.ofNullable(running.remove(name)).ifPresent(parts::add));
    parts.addAll(running.values());
    running.clear();
    try {
      for (Part part : parts) {
        if (!part.stop(stopSeconds)) {
          System.err.printf(
              "driftwatch: the %s did not stop within %d s and is killed%n",
              part.name(), stopSeconds);
        }
      }
    } catch (InterruptedException e) {
      parts.forEach(part -> part.process().destroyForcibly());
      Thread.currentThread().interrupt();
    }
  }
}
