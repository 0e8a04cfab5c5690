package org.driftwatch.benchmarks.peer;

import java.io.IOException;

/** Peer (d), the practical limit: one thread, a streaming JSON parser, no framework. */
public final class LoopPeer {
  private LoopPeer() {}

  /** Reads until it is stopped; for the arguments see {@link PeerArguments}. */
  public static void main(String[] arguments) throws IOException {
    ConsumerLoop.run(
        PeerArguments.of(arguments),
        (record, window) -> window.add(HitReader.read(record.value())));
  }
}
