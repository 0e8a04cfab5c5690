package org.driftwatch.quality.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.awaitility.Awaitility;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that end between any two steps, as a program does that is killed. */
class ExactlyOnceTest {
  private static final List<String> STEPS =
      List.of("beginTransaction", "send", "sendOffsetsToTransaction", "commitTransaction");

  private static final int DEATHS = Integer.getInteger("driftwatch.kills", 4);
  private static final int LAST = 100 + 40 * DEATHS;

  @TempDir private Path folder;

  @Test
  void noAlarmIsLostAndNoneComesTwiceWhereverASessionEnds() throws Exception {
    Random random = Seed.random("exactly once");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        ServiceRun undisturbed = new ServiceRun(broker.bootstrapServers(), "undisturbed");
        ServiceRun killed = new ServiceRun(broker.bootstrapServers(), "killed")) {
      List<AlarmMessage> expected = alarms(undisturbed, undisturbed::start);
      assertThat(expected.size(), is(greaterThan(DEATHS)));

      AtomicInteger deaths = new AtomicInteger(DEATHS);
      Path file = Files.writeString(folder.resolve("few.properties"), "max.poll.records=5\n");
      KafkaAccess few = new KafkaAccess(broker.bootstrapServers(), file.toString());
      List<AlarmMessage> found =
          alarms(killed, () -> killed.start(() -> mortal(killed, few, random, deaths)));

      assertThat(deaths.get(), is(lessThan(DEATHS / 2)));
      assertThat(said(found), is(said(expected)));
    }
  }

  /**
   * What is said of each change. Its numbers may differ a little, and the moment when it is over:
   * who starts again has seen half an hour, the other all.
   */
  static List<String> said(List<AlarmMessage> changes) {
    return changes.stream()
        .map(a -> a.key() + " " + a.state() + " " + a.level() + " " + a.now() + " " + a.active())
        .toList();
  }

  /** Every change of an alarm that a service publishes while windows come. */
  private static List<AlarmMessage> alarms(ServiceRun run, Runnable start) {
    run.withResults(2).publishHealthy(0, 100);
    start.run();
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> run.lag() == 0);
    for (int i = 100; i < LAST; i++) {
      int phase = i / 20 % 4;
      run.publish(phase == 1 || phase == 2 ? Windows.dead(i, phase) : Windows.healthy(i));
    }
    Awaitility.await().atMost(Duration.ofSeconds(60 + 20 * DEATHS)).until(() -> run.lag() == 0);
    return run.alarmChanges();
  }

  /**
   * Clients whose producer dies at one of its steps, before or after that has taken effect. They
   * read a few windows at a time, so that deaths come all along.
   */
  private Connection mortal(ServiceRun run, KafkaAccess access, Random random, AtomicInteger deaths)
      throws IOException {
    Connection real = Connection.open(new Clients(access), run.topics().serviceId());
    if (deaths.get() == 0) {
      return real;
    }
    String last = STEPS.get(random.nextInt(STEPS.size()));
    boolean takesEffect = random.nextBoolean();
    AtomicInteger left = new AtomicInteger(random.nextInt(4));
    @SuppressWarnings("unchecked")
    Producer<byte[], byte[]> producer =
        (Producer<byte[], byte[]>)
            Proxy.newProxyInstance(
                Producer.class.getClassLoader(),
                new Class<?>[] {Producer.class},
                (proxy, method, arguments) -> {
                  boolean isLast =
                      method.getName().equals(last)
                          && (!last.equals("send") || isAlarm(run, arguments[0]))
                          && left.getAndDecrement() == 0;
                  if (isLast && !takesEffect) {
                    deaths.decrementAndGet();
                    throw new KafkaException("killed before " + last);
                  }
                  Object result;
                  try {
                    result = method.invoke(real.producer(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                  if (isLast) {
                    deaths.decrementAndGet();
                    throw new KafkaException("killed after " + last);
                  }
                  return result;
                });
    return new Connection(real.admin(), real.consumer(), producer);
  }

  private static boolean isAlarm(ServiceRun run, Object message) {
    return message instanceof ProducerRecord<?, ?> sent
        && sent.topic().equals(run.topics().alarms());
  }
}
