package org.driftwatch.quality.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.Alarms;
import org.driftwatch.quality.alarm.Guidance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands and webhooks, those that hang among them. */
class HooksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir private Path folder;

  private static AlarmMessage alarm(int chamber) {
    Verdict verdict =
        new Verdict(
            new Subject(chamber),
            Check.HITS,
            Level.BAD,
            10,
            0,
            5,
            100,
            OptionalDouble.empty(),
            List.of(),
            "dead: \"no hit\" in 10 s; $(echo 'quoted')");
    return new Alarms(Guidance.standard())
        .judged(
            Instant.parse("2026-11-20T20:00:00Z"),
            new Judgement(Optional.empty(), List.of(verdict)))
        .get(0);
  }

  @Test
  void aCommandIsGivenTheAlarmAsJsonAndInVariables() throws Exception {
    Path out = folder.resolve("out");
    new CommandHook(
            "cat > " + out + "; echo \"$DRIFTWATCH_LEVEL $DRIFTWATCH_MESSAGE\" >> " + out, PATIENCE)
        .tell(alarm(2));
    String text = Files.readString(out);
    assertThat(text, containsString("\"alarm\":\"chamber-2/hits/2026-11-20T20:00:00.000Z\""));
    assertThat(text, containsString("\"text\":\"BAD: chamber 2, hits: dead:"));
    assertThat(text, containsString("bad dead: \"no hit\" in 10 s; $(echo 'quoted')"));
  }

  @Test
  void aCommandThatHangsIsKilledWithItsChildren() throws Exception {
    Path pid = folder.resolve("pid");
    CommandHook hook =
        new CommandHook("sleep 600 & echo $! > " + pid + "; wait", Duration.ofSeconds(2));
    assertThat(
        assertThrows(IOException.class, () -> hook.tell(alarm(2))).getMessage(),
        containsString("more than 2 s"));
    long child = Long.parseLong(Files.readString(pid).strip());
    await().atMost(PATIENCE).until(() -> !isRunning(child));
  }

  /** A zombie that nobody waits for is not running. */
  private static boolean isRunning(long pid) {
    try {
      String status = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !status.contains(") Z ");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aCommandThatFailsOrIsNoneIsSaidInOneLine() {
    for (String command : List.of("exit 3", "/no/such/command", "false")) {
      IOException e =
          assertThrows(IOException.class, () -> new CommandHook(command, PATIENCE).tell(alarm(2)));
      assertThat(e.getMessage(), containsString("it ended with status"));
    }
  }

  @Test
  void aCommandThatDoesNotReadItsInputIsNoFailure() throws Exception {
    new CommandHook("exit 0", PATIENCE).tell(alarm(2));
  }

  @Test
  void aWebhookIsPostedTheAlarmWithATextAndTriedAgain() throws Exception {
    ConcurrentLinkedQueue<String> bodies = new ConcurrentLinkedQueue<>();
    AtomicInteger calls = new AtomicInteger();
    try (Served server = new Served(calls, bodies, 500, 302, 204)) {
      webhook(server.url(), 4).tell(alarm(1));
    }
    assertThat(calls.get(), is(3));
    assertThat(bodies.peek(), containsString("\"text\":\"BAD: chamber 1, hits"));
  }

  @Test
  void aWebhookThatRefusesForGoodIsSaidInOneLine() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (Served server = new Served(calls, new ConcurrentLinkedQueue<>(), 404)) {
      IOException e =
          assertThrows(IOException.class, () -> webhook(server.url(), 2).tell(alarm(1)));
      assertThat(e.getMessage(), is("it answers with status 404, 2 times"));
    }
    assertThat(calls.get(), is(2));
  }

  @Test
  void aWebhookThatTakesTheConnectionAndSaysNothingIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/x");
      long began = System.nanoTime();
      Webhook webhook = new Webhook(url, SHORT, Duration.ofMillis(1), 2);
      assertThrows(IOException.class, () -> webhook.tell(alarm(1)));
      assertThat(System.nanoTime() - began, is(lessThan(PATIENCE.toNanos())));
    }
  }

  @Test
  void aWebhookThatIsNotThereIsSaidWithoutItsPath() throws Exception {
    URI url = URI.create("http://127.0.0.1:1/secret");
    Webhook webhook = webhook(url, 1);
    assertThat(webhook.name(), not(containsString("secret")));
    IOException e = assertThrows(IOException.class, () -> webhook.tell(alarm(1)));
    assertThat(e.getMessage(), not(containsString("secret")));
  }

  @Test
  void whatIsNoUrlIsRefused() {
    for (String text : List.of("", "x", "ftp://host/x", "http://", "http://a b/")) {
      assertThrows(IOException.class, () -> Webhook.url(text));
    }
  }

  private static Webhook webhook(URI url, int attempts) {
    return new Webhook(url, PATIENCE, Duration.ofMillis(1), attempts);
  }

  @Test
  void oneThatHangsDelaysNobodyElseAndWhatDoesNotFitIsDroppedAndCounted() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    List<AlarmMessage> told = new ArrayList<>();
    Hook hanging = hook(alarm -> end.await());
    Hook other = hook(told::add);
    try (Caller caller = new Caller(List.of(hanging, other))) {
      long began = System.nanoTime();
      List<AlarmMessage> alarms = new ArrayList<>();
      for (int i = 0; i < Caller.ROOM + 30; i++) {
        AlarmMessage alarm = at(i);
        alarms.add(alarm);
        caller.call(alarm);
        caller.call(alarm);
      }
      assertThat(System.nanoTime() - began, is(lessThan(PATIENCE.toNanos())));
      await().atMost(PATIENCE).until(() -> caller.droppedCount() >= 29);
      assertThat(caller.told(), is(List.of()));
      end.countDown();
      List<AlarmMessage> done = new ArrayList<>();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                done.addAll(caller.told());
                return done.size() >= Caller.ROOM;
              });
      assertThat(alarms.containsAll(done), is(true));
    }
  }

  private static AlarmMessage at(int second) {
    return new Alarms(Guidance.standard())
        .judged(
            Instant.parse("2026-11-20T20:00:00Z").plusSeconds(second),
            new Judgement(Optional.empty(), List.of(verdict())))
        .get(0);
  }

  private static Verdict verdict() {
    return new Verdict(
        Subject.RUN,
        Check.RATE,
        Level.BAD,
        10,
        0,
        5,
        100,
        OptionalDouble.empty(),
        List.of(),
        "no hits");
  }

  @Test
  void oneThatFailedOnOneHookCountsAsNotToldAndIsToldWhenItChanges() {
    AtomicInteger calls = new AtomicInteger();
    Hook failing =
        hook(
            alarm -> {
              if (calls.incrementAndGet() == 1) {
                throw new IOException("no");
              }
            });
    try (Caller caller = new Caller(List.of(failing))) {
      AlarmMessage alarm = at(0);
      caller.call(alarm);
      await().atMost(PATIENCE).until(() -> caller.failedCount() == 1);
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                caller.told();
                caller.call(alarm);
                return calls.get() >= 2;
              });
      await().atMost(PATIENCE).until(() -> caller.told().equals(List.of(alarm)));
    }
  }

  private interface Telling {
    void tell(AlarmMessage alarm) throws IOException, InterruptedException;
  }

  private static Hook hook(Telling telling) {
    return new Hook() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public void tell(AlarmMessage alarm) throws IOException, InterruptedException {
        telling.tell(alarm);
      }
    };
  }

  /** Answers with these, one after the other, the last again and again. */
  private static final class Served implements AutoCloseable {
    private final HttpServer server;

    Served(AtomicInteger calls, ConcurrentLinkedQueue<String> bodies, int... answers)
        throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            int call = calls.getAndIncrement();
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(answers[Math.min(call, answers.length - 1)], -1);
            exchange.close();
          });
      server.start();
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
