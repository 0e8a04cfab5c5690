package org.driftwatch.pipelines.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.concurrent.TimeUnit;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.pipelines.block.RecordBlock;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final long BLOCK = block().bytes();

  private final ReadAhead ahead = new ReadAhead(3 * BLOCK);

  @Test
  void readingStopsAtTheLimitAndGoesOnWhenSomethingWasParsed() {
    ahead.read(block(), 0);
    ahead.read(block(), 1);
    assertThat(ahead.hasRoom(2), is(true));
    ahead.read(block(), 2);
    assertThat(ahead.hasRoom(3), is(false));

    ahead.parsed(BLOCK);

    assertThat(ahead.hasRoom(4), is(true));
  }

  @Test
  void aPartOfABlockMakesRoomForItsOwnSizeOnly() {
    ahead.read(block(), 0);
    ahead.read(block(), 0);
    ahead.read(block(), 0);
    ahead.read(block(), 0);

    ahead.parsed(BLOCK / 2);
    assertThat(ahead.hasRoom(1), is(false));
    ahead.parsed(BLOCK);

    assertThat(ahead.hasRoom(1), is(true));
  }

  @Test
  void whatAnotherProcessParsesIsForgottenAfterAWhile() {
    ahead.read(block(), 0);
    ahead.read(block(), 0);
    ahead.read(block(), TimeUnit.SECONDS.toNanos(4));

    assertThat(ahead.hasRoom(TimeUnit.SECONDS.toNanos(5)), is(false));
    assertThat(ahead.hasRoom(TimeUnit.SECONDS.toNanos(6)), is(true));
  }

  @Test
  void moreParsedThanReadHereIsNoCredit() {
    ahead.parsed(10 * BLOCK);
    ahead.read(block(), 0);
    ahead.read(block(), 0);
    ahead.read(block(), 0);

    assertThat(ahead.hasRoom(1), is(false));
  }

  private static RecordBlock block() {
    RecordBlock.Builder block = new RecordBlock.Builder("stream", 1);
    block.add(0, 0, 0, null, new byte[1000], ValueFormat.UNMARKED);
    return block.build(0);
  }
}
