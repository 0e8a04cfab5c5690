package org.driftwatch.viewer.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.ManualClocks;
import org.driftwatch.viewer.Summaries;
import org.junit.jupiter.api.Test;

class SnapshotFeedTest {
  private static final Connection LIVE = new Connection(Connection.State.LIVE, "here");

  private final List<Snapshot> given = new ArrayList<>();
  private final ManualClocks clocks = new ManualClocks(Summaries.start(1));
  private final SnapshotFeed feed = new SnapshotFeed(LIVE, clocks.clocks(), given::add);
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

  private Duration age() {
    return clocks.clocks().since(last().newestArrival().orElseThrow().nanos());
  }

  private void receive(int n, int revision, Instant published) {
    feed.window(Summaries.window(n, revision, random), published);
    feed.batchEnded();
  }

  @Test
  void theAgeOfTheNewestResultIsThatOfItsReceiptWhateverThePublishersClockSays() {
    receive(0, 0, Summaries.start(1).plusSeconds(600));
    clocks.pass(Duration.ofSeconds(12));
    assertThat(age(), is(Duration.ofSeconds(12)));
    assertThat(last().newestArrival().orElseThrow().clockAhead(), is(Duration.ofMinutes(10)));
    clocks.set(Summaries.START);
    assertThat("a clock that is set back", age(), is(Duration.ofSeconds(12)));
    receive(1, 0, Summaries.START);
    assertThat(age(), is(Duration.ZERO));
  }

  @Test
  void aLaterRevisionOfAnOldWindowMakesTheNewestResultNoYounger() {
    receive(0, 0, Summaries.start(1));
    receive(1, 0, Summaries.start(2));
    clocks.pass(Duration.ofSeconds(30));
    receive(0, 1, Summaries.start(6));
    receive(1, 0, Summaries.start(7));
    assertThat(age(), is(Duration.ofSeconds(30)));
  }

  @Test
  void whatLayInTheTopicBeforeIsAsOldAsItWasPublished() {
    feed.connection(new Connection(Connection.State.READING_HISTORY, "test"));
    clocks.set(Summaries.start(100));
    feed.windowOfPast(packed(9, 0), Summaries.start(10));
    feed.windowOfPast(packed(8, 0), Summaries.start(9));
    feed.batchEnded();
    assertThat(age(), is(Duration.ofSeconds(450)));
    receive(100, 0, Summaries.start(101));
    assertThat(age(), is(Duration.ZERO));
    clocks.pass(Duration.ofSeconds(7));
    feed.windowOfPast(packed(7, 0), Summaries.start(300));
    feed.batchEnded();
    assertThat("the past tells nothing of now", age(), is(Duration.ofSeconds(7)));
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
  void thePastFillsInBehindWhatIsPublishedMeanwhile() {
    feed.connection(new Connection(Connection.State.READING_HISTORY, "test"));
    feed.windowOfPast(packed(8, 0), Summaries.start(9));
    WindowSummary now = Summaries.window(9, 0, random);
    feed.window(now, Summaries.start(10));
    feed.windowOfPast(packed(0, 0), Summaries.start(1));
    feed.batchEnded();
    assertThat(last().series().size(), is(3));
    assertThat(last().series().start(0), is(Summaries.start(0)));
    assertThat(last().newest(), is(Optional.of(now)));
  }

  @Test
  void whatThePastSaysOfAWindowThatWasToldSinceIsOfNoAccount() {
    feed.connection(new Connection(Connection.State.READING_HISTORY, "test"));
    WindowSummary refined = Summaries.window(0, 1, random);
    feed.window(refined, Summaries.start(3));
    feed.deleted(Summaries.start(1));
    feed.deletedInPast(Summaries.start(2));
    feed.deletedInPast(Summaries.start(0));
    for (int n = 0; n < 3; n++) {
      feed.windowOfPast(packed(n, 0), Summaries.start(1));
    }
    feed.batchEnded();
    assertThat(last().series().size(), is(1));
    assertThat(last().newest(), is(Optional.of(refined)));
  }

  private PackedWindow packed(int n, int revision) {
    return PackedWindow.of(Summaries.window(n, revision, random));
  }

  @Test
  void ofMalformedMessagesThatWereReadBackwardsTheLastIsKept() {
    MalformedMessage last = new MalformedMessage("results", 0, 9, "empty message");
    feed.malformed(last);
    feed.malformed(new MalformedMessage("results", 0, 4, "empty message"));
    feed.batchEnded();
    assertThat(last().lastMalformed(), is(Optional.of(last)));
  }
}
