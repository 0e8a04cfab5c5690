package org.driftwatch.benchmarks.peer;

import java.io.IOException;
import org.apache.kafka.common.header.Header;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.RecordSink;
import org.driftwatch.detector.StreamTopic;

/**
 * Peer (g), the floor: as {@link LoopPeer}, with the monitor's own parser, the fastest there is. It
 * does nothing that the stream does not ask of anybody who reads it with Kafka's client.
 */
public final class FloorPeer {
  private FloorPeer() {}

  /** Reads until it is stopped; for the arguments see {@link PeerArguments}. */
  public static void main(String[] arguments) throws IOException {
    DetectorDescription course = DetectorDescription.course();
    RecordParser parser = new RecordParser(course);
    Sink sink = new Sink(new HitLayout(course));
    ConsumerLoop.run(
        PeerArguments.of(arguments),
        (record, window) -> {
          Header format = record.headers().lastHeader(StreamTopic.FORMAT_HEADER);
          sink.window = window;
          parser.parse(
              record.value(), StreamTopic.format(format == null ? null : format.value()), sink);
        });
  }

  private static final class Sink implements RecordSink {
    private final HitLayout layout;
    private WindowHits window = new WindowHits();

    Sink(HitLayout layout) {
      this.layout = layout;
    }

    @Override
    public void hit(long word, long orbitAbove) {
      window.add(
          WindowHits.pack(
              layout.board(word),
              layout.channel(word),
              layout.orbit(word, orbitAbove),
              layout.crossing(word),
              layout.tick(word)));
    }

    @Override
    public void triggerWord(int head) {
      window.add(HitReader.NO_HIT);
    }

    @Override
    public void malformed(RecordFault fault, int index, int from, int to, String reason) {
      throw new IllegalStateException(
          "malformed record in a stream made to be measured: " + reason);
    }
  }
}
