package org.driftwatch.quality.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
  private static final Instant WINDOW = Instant.parse("2026-11-20T20:00:00Z");

  private long seconds;
  private final Receipts receipts = new Receipts(() -> Duration.ofSeconds(seconds).toNanos());

  private long sinceResult() {
    return receipts.flow().sinceResult().orElseThrow().toSeconds();
  }

  @Test
  void aPipelineThatStartsWithTheServiceIsGivenTwoMinutes() {
    receipts.waitsAnew();
    seconds = 120;
    assertThat(sinceResult(), is(0L));
    seconds = 125;
    assertThat(sinceResult(), is(5L));
  }

  @Test
  void onlyANewWindowIsAResult() {
    receipts.result(Optional.of(WINDOW));
    seconds = 20;
    receipts.result(Optional.of(WINDOW));
    assertThat(sinceResult(), is(20L));
    receipts.result(Optional.of(WINDOW.plusSeconds(2)));
    assertThat(sinceResult(), is(0L));
  }

  @Test
  void aRestartDoesNotEndAWait() {
    receipts.known(Optional.of(WINDOW));
    receipts.waitsAnew();
    receipts.waitedFor(Duration.ofMinutes(10));
    seconds = 10;
    assertThat(sinceResult(), is(610L));
  }

  @Test
  void withoutAStatusNoneIsOld() {
    assertThat(receipts.flow().sinceStatus(), is(Optional.empty()));
    receipts.awaitStatus();
    seconds = 7;
    assertThat(receipts.flow().sinceStatus(), is(Optional.of(Duration.ofSeconds(7))));
    receipts.status();
    assertThat(receipts.flow().sinceStatus(), is(Optional.of(Duration.ZERO)));
  }
}
