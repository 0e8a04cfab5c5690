package org.driftwatch.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.stream.IntStream;

/** Whether servers listen. */
final class Ports {
  private static final int ANSWER_MILLIS = 5_000;

  private Ports() {}

  /** Whether a server listens at a port of 127.0.0.1. */
  static boolean isInUse(int port) {
    return answers("127.0.0.1:" + port);
  }

  /** So many ports of 127.0.0.1 that no server listens at, from one on. */
  static List<Integer> free(int first, int count) {
    return IntStream.iterate(first, port -> port + 1)
        .filter(port -> !isInUse(port))
        .limit(count)
        .boxed()
        .toList();
  }

  /** Whether a server listens at {@code host:port}; not if that is no such address. */
  static boolean answers(String address) {
    int colon = address.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      String host = address.substring(0, Math.max(0, colon));
      int port = Integer.parseInt(address.substring(colon + 1));
      socket.connect(new InetSocketAddress(host, port), ANSWER_MILLIS);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
