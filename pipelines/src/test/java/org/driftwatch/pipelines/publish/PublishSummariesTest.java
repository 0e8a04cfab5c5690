package org.driftwatch.pipelines.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.pipelines.summarise.FixedWindowing;
import org.driftwatch.pipelines.summarise.HistogramCombiner;
import org.driftwatch.pipelines.summarise.HitBlock;
import org.driftwatch.pipelines.summarise.HitBlockCoder;
import org.driftwatch.pipelines.summarise.Summaries;
import org.driftwatch.pipelines.summarise.Summarise;
import org.driftwatch.pipelines.summarise.WindowCounts;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
@SuppressWarnings("unchecked") // PAssert takes the expected as generic varargs.
class PublishSummariesTest {
  private static final RunConfiguration COURSE = RunConfiguration.course();

  @Test
  void aMessageCarriesTheWindowAsKeyAndTheRefinementAsRevision(TestPipeline pipeline) {
    Instant start = Instant.parse("2026-11-20T20:36:46.000Z");
    Instant end = start.plus(Duration.standardSeconds(2));

    PCollection<KV<String, String>> messages =
        pipeline
            .apply(
                TestStream.create(HitBlockCoder.of())
                    .advanceWatermarkTo(start)
                    .addElements(TimestampedValue.of(new HitBlock(3, 1, new long[0]), start))
                    .advanceWatermarkTo(end)
                    .addElements(TimestampedValue.of(new HitBlock(5, 0, new long[0]), start))
                    .advanceWatermarkToInfinity())
            .apply(
                Summarise.windows(
                    COURSE,
                    1,
                    new FixedWindowing(Duration.standardSeconds(2), Duration.standardMinutes(1))))
            .apply(new ToMessages(COURSE))
            .apply(
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.strings()))
                    .via(m -> KV.of(m.getKey(), new String(m.getValue(), UTF_8))));

    WindowSummary.Span span =
        new WindowSummary.Span(
            java.time.Instant.ofEpochMilli(start.getMillis()),
            java.time.Instant.ofEpochMilli(end.getMillis()));
    PAssert.that(messages)
        .containsInAnyOrder(
            KV.of("2026-11-20T20:36:46.000Z", summary(span, 0, 3, 1)),
            KV.of("2026-11-20T20:36:46.000Z", summary(span, 1, 8, 1)));
    pipeline.run();
  }

  private static String summary(
      WindowSummary.Span span, int revision, long records, long malformed) {
    WindowCounts counts = counts(List.of(new HitBlock(records, malformed, new long[0])));
    return new String(
        SummaryJson.write(Summaries.of(counts, COURSE, Optional.of(span), revision)), UTF_8);
  }

  private static WindowCounts counts(List<HitBlock> blocks) {
    return new HistogramCombiner(COURSE).apply(blocks);
  }
}
