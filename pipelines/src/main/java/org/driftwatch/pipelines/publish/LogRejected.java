package org.driftwatch.pipelines.publish;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.driftwatch.pipelines.parse.RejectedRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the malformed records of a batch by file and byte: the first of them one by one, since a
 * wrong file has millions; the summary counts them all.
 */
public final class LogRejected extends PTransform<PCollection<RejectedRecord>, PDone> {
  private static final long serialVersionUID = 1;

  @Override
  public PDone expand(PCollection<RejectedRecord> rejected) {
    rejected.apply("Log the first", ParDo.of(new LogFn()));
    return PDone.in(rejected.getPipeline());
  }

  private static final class LogFn extends DoFn<RejectedRecord, Void> {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(LogRejected.class);
    private static final int SHOWN = 20;
    private static final AtomicLong SEEN = new AtomicLong();

    @ProcessElement
    public void log(@Element RejectedRecord r) {
      long seen = SEEN.incrementAndGet();
      if (seen <= SHOWN) {
        LOG.warn("{} byte {}: {}", r.topic(), r.offset(), r.reason());
      } else if (seen == SHOWN + 1) {
        LOG.warn(
            "More malformed records follow; the summary's \"malformed\" counts them all, and"
                + " --rejected=FILE keeps them");
      }
    }
  }
}
