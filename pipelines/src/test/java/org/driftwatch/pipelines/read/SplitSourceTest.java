package org.driftwatch.pipelines.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.driftwatch.pipelines.block.RecordBlock;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

class SplitSourceTest {
  private static final PipelineOptions OPTIONS = PipelineOptionsFactory.create();

  private final BlockSource one = reader(0);
  private final BlockSource two = reader(1);
  private final SplitSource source = new SplitSource(List.of(one, two));

  private static BlockSource reader(int partition) {
    return new BlockSource(
        KafkaIO.<byte[], byte[]>read()
            .withBootstrapServers("127.0.0.1:1")
            .withKeyDeserializer(ByteArrayDeserializer.class)
            .withValueDeserializer(ByteArrayDeserializer.class),
        new SharedClock(
            new StreamTiming(
                0,
                Duration.standardSeconds(1),
                Duration.millis(1000),
                Duration.standardMinutes(1))),
        "stream",
        Map.of(partition, 0L),
        false);
  }

  @Test
  void eachReaderIsASplitHoweverFewTheRunnerWants() {
    assertThat(source.split(1, OPTIONS), is(List.of(one, two)));
  }

  @Test
  void aSplitWithoutAReaderHoldsNothingBack() throws IOException {
    List<UnboundedSource<RecordBlock, KafkaCheckpointMark>> splits = source.split(3, OPTIONS);

    assertThat(splits, hasSize(3));
    assertThat(splits.get(1), is(sameInstance(two)));
    try (UnboundedSource.UnboundedReader<RecordBlock> idle =
        splits.get(2).createReader(OPTIONS, null)) {
      assertThat(idle.start(), is(false));
      assertThat(idle.advance(), is(false));
      assertThat(idle.getWatermark(), is(BoundedWindow.TIMESTAMP_MAX_VALUE));
    }
  }

  @Test
  void itIsNotReadWhole() {
    assertThrows(IllegalStateException.class, () -> source.createReader(OPTIONS, null));
  }
}
