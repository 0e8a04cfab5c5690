package org.driftwatch.viewer.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.Summaries;
import org.junit.jupiter.api.Test;

class SnapshotFeedTest {
  private static final Connection LIVE = new Connection(Connection.State.LIVE, "here");

  private final List<Snapshot> given = new ArrayList<>();
  private final SnapshotFeed feed = new SnapshotFeed(LIVE, given::add);
  private final Random random = new Random(5);

  private Snapshot last() {
    return given.get(given.size() - 1);
  }

  @Test
  void whatComesInOneBatchIsOneSnapshot() {
    for (int n = 0; n < 10; n++) {
      feed.window(Summaries.window(n, 0, random), Summaries.start(n + 1));
    }
    assertThat(given.size(), is(0));
    feed.batchEnded();
    assertThat(given.size(), is(1));
    assertThat(last().series().size(), is(10));
    assertThat(last().newestPublished(), is(Optional.of(Summaries.start(10))));
  }

  @Test
  void malformedMessagesAreCountedAndTheLastIsKept() {
    MalformedMessage second = new MalformedMessage("results", 1, 7, "version 2, expected 1");
    feed.malformed(new MalformedMessage("results", 0, 3, "empty message"));
    feed.malformed(second);
    WindowSummary window = Summaries.window(0, 0, random);
    feed.window(window, Summaries.start(1));
    feed.batchEnded();
    assertThat(last().malformedMessages(), is(2L));
    assertThat(last().lastMalformed(), is(Optional.of(second)));
    assertThat(second.line(), is("topic results partition 1 offset 7: version 2, expected 1"));
    assertThat(last().newest(), is(Optional.of(window)));
  }

  @Test
  void aLateRefinementIsSumUpOnce() {
    feed.window(Summaries.window(0, 0, random), Summaries.start(1));
    feed.window(Summaries.window(1, 0, random), Summaries.start(2));
    WindowSummary refined = Summaries.window(0, 1, random);
    feed.window(refined, Summaries.start(3));
    feed.batchEnded();
    long hits = refined.hits() + last().newest().orElseThrow().hits();
    assertThat(last().sum().orElseThrow().hits(), is(hits));
    assertThat(last().series().lateRefinements(), is(1L));
  }

  @Test
  void aDeletedKeyTakesItsWindowOut() {
    feed.window(Summaries.window(0, 0, random), Summaries.start(1));
    feed.window(Summaries.window(1, 0, random), Summaries.start(2));
    feed.deleted(Summaries.start(1));
    feed.batchEnded();
    assertThat(last().series().size(), is(1));
    assertThat(last().sum(), is(last().newest()));
  }

  @Test
  void aTopicMadeAnewStartsFromNothing() {
    feed.window(Summaries.window(0, 0, random), Summaries.start(1));
    feed.malformed(new MalformedMessage("results", 0, 3, "empty message"));
    feed.restarted();
    assertThat(last(), is(Snapshot.empty(LIVE)));
  }

  @Test
  void aChangeOfTheConnectionIsShownAtOnceAndKeepsTheData() {
    WindowSummary window = Summaries.window(0, 0, random);
    feed.window(window, Summaries.start(1));
    Connection lost = new Connection(Connection.State.KAFKA_LOST, "gone");
    feed.connection(lost);
    assertThat(last().connection(), is(lost));
    assertThat(last().newest(), is(Optional.of(window)));
  }

  @Test
  void theNewestWindowsAreShownUntilTheWholeHistoryIsRead() {
    Random any = new Random(9);
    feed.connection(new Connection(Connection.State.READING_HISTORY, "test"));
    feed.windowAhead(PackedWindow.of(Summaries.window(9, 0, any)), Summaries.start(10));
    feed.window(Summaries.window(0, 0, any), Summaries.start(1));
    feed.batchEnded();
    assertThat(given.get(given.size() - 1).series().start(0), is(Summaries.start(9)));
    feed.connection(LIVE);
    assertThat(given.get(given.size() - 1).series().start(0), is(Summaries.start(0)));
    assertThat(given.get(given.size() - 1).newestPublished().get(), is(Summaries.start(10)));
  }
}
