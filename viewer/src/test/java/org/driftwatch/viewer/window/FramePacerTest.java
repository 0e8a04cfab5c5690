package org.driftwatch.viewer.window;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.swing.SwingUtilities;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Snapshot;
import org.junit.jupiter.api.Test;

class FramePacerTest {
  private record Frame(Snapshot snapshot, long nanoTime, boolean onEventThread) {}

  private final List<Frame> frames = new CopyOnWriteArrayList<>();
  private final FramePacer pacer =
      new FramePacer(
          20,
          snapshot ->
              frames.add(
                  new Frame(snapshot, System.nanoTime(), SwingUtilities.isEventDispatchThread())));

  private static Snapshot numbered(int n) {
    return Snapshot.empty(new Connection(Connection.State.LIVE, Integer.toString(n)));
  }

  @Test
  void whateverComesInAtMostTwentyASecondAreShownAndTheNewestIsAmongThem() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_000);
    int offered = 0;
    while (System.nanoTime() < end) {
      pacer.offer(numbered(++offered));
      Thread.onSpinWait();
    }
    Snapshot newest = numbered(offered);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> frames.get(frames.size() - 1).snapshot().equals(newest));
    assertThat(offered, greaterThan(1_000));
    assertThat(pacer.frames(), is((long) frames.size()));
    assertThat(frames.size(), lessThanOrEqualTo(23));
    assertThat(frames.stream().map(Frame::onEventThread).toList(), everyItem(is(true)));
    for (int i = 1; i < frames.size(); i++) {
      long apart = frames.get(i).nanoTime() - frames.get(i - 1).nanoTime();
      assertThat(apart, greaterThan(TimeUnit.MILLISECONDS.toNanos(49)));
    }
  }

  @Test
  void aSingleSnapshotIsShownWithoutWaitingForItsTurn() {
    long start = System.nanoTime();
    pacer.offer(numbered(1));
    await().atMost(Duration.ofSeconds(10)).until(() -> frames.size() == 1);
    long waited = frames.get(0).nanoTime() - start;
    assertThat(TimeUnit.NANOSECONDS.toMillis(waited), lessThanOrEqualTo(2_000L));
  }
}
