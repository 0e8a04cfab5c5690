package org.driftwatch.files.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes HTTP on and breaks every connection after some bytes of answers. */
final class BreakingProxy implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("(?i)\r\nRange: bytes=(\\d+)-");
  private static final int MOST_BYTES = 3 << 20;

  private final URI target;
  private final Random random;
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Long> rangeStarts = new CopyOnWriteArrayList<>();

  BreakingProxy(URI target, long seed) throws IOException {
    this.target = target;
    random = new Random(seed);
    run(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** First bytes of the ranges that were asked for. */
  List<Long> rangeStarts() {
    return rangeStarts;
  }

  private interface Work {
    void run() throws IOException;
  }

  private void run(Work work) {
    threads.execute(
        () -> {
          try {
            work.run();
          } catch (IOException e) {
            // Breaking connections is what it is for; the listener ends so, too.
            return;
          }
        });
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket(target.getHost(), target.getPort());
      int limit = 10_000 + random.nextInt(MOST_BYTES);
      run(() -> pass(client, server, Integer.MAX_VALUE));
      run(() -> pass(server, client, limit));
    }
  }

  private void pass(Socket from, Socket to, int limit) throws IOException {
    byte[] buffer = new byte[8192];
    int passed = 0;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int n = 0;
      while (passed < limit && n >= 0) {
        n = in.read(buffer, 0, Math.min(buffer.length, limit - passed));
        if (n > 0) {
          Matcher range = RANGE.matcher(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
          if (limit == Integer.MAX_VALUE && range.find()) {
            rangeStarts.add(Long.valueOf(range.group(1)));
          }
          out.write(buffer, 0, n);
          passed += n;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
