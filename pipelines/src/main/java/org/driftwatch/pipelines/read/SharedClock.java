package org.driftwatch.pipelines.read;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.driftwatch.pipelines.clock.Clocks;
import org.driftwatch.pipelines.clock.FarAhead;
import org.driftwatch.pipelines.clock.StreamClock;

/**
 * What all readers of a stream in one process share: its clock, the windows open far ahead of it,
 * and the reason why only a new start can go on. It travels with the pipeline as a name; what it
 * names is made in each process anew.
 */
final class SharedClock implements Serializable {
  private static final long serialVersionUID = 1;

  private static final Map<String, InProcess> IN_PROCESS = new ConcurrentHashMap<>();

  /** Part of the heap that records far ahead may take as they were read; packed they take half. */
  private static final int HEAP_SHARE = 16;

  private final String stream = UUID.randomUUID().toString();
  private final StreamTiming timing;

  SharedClock(StreamTiming timing) {
    this.timing = timing;
  }

  private record InProcess(
      StreamClock clock, FarAhead farAhead, AtomicReference<String> mustStartAgain) {}

  private InProcess inProcess() {
    return IN_PROCESS.computeIfAbsent(
        stream,
        s ->
            new InProcess(
                new StreamClock(
                    timing.firstWindow() == 0 ? StreamClock.NOT_STARTED : timing.firstWindow(),
                    timing.delay().getMillis(),
                    Clocks.SYSTEM),
                new FarAhead(
                    timing.window().getMillis(), Runtime.getRuntime().maxMemory() / HEAP_SHARE),
                new AtomicReference<>()));
  }

  StreamTiming timing() {
    return timing;
  }

  StreamClock clock() {
    return inProcess().clock();
  }

  FarAhead farAhead() {
    return inProcess().farAhead();
  }

  /** Tells the reader that this run cannot go on and be exact; a sentence without its full stop. */
  void mustStartAgain(String why) {
    inProcess().mustStartAgain().compareAndSet(null, why);
  }

  /** Why this run cannot go on; empty where it can. */
  Optional<String> whyStartAgain() {
    return Optional.ofNullable(inProcess().mustStartAgain().get());
  }
}
