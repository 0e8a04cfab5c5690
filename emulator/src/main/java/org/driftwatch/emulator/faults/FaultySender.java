package org.driftwatch.emulator.faults;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.detector.Telescope;
import org.driftwatch.emulator.send.KafkaSender;
import org.driftwatch.emulator.send.Outcome;
import org.driftwatch.emulator.send.RecordSender;
import org.driftwatch.emulator.send.Tally;

/** Sends records, and now and then one more, one later, or some with a wrong timestamp. */
final class FaultySender implements RecordSender {
  /** How long a step of the clock lasts, ms of stream time. */
  private static final long STEP_MS = 10_000;

  /** Late records waiting; were there more, the oldest would go before its time. */
  private static final int MOST_HELD = 1 << 16;

  private static final int FLOOD_BLOCK = 128;

  private final KafkaSender kafka;
  private final List<FaultInjection.Plan> plans;
  private final Random random;
  private final Tally tally;
  private final InjectionLog log;
  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private final RecordWriter writer = new RecordWriter();

  private long row;
  private long nextRow;
  private long latest = Long.MIN_VALUE;
  private long stepMs;
  private long stepFrom;
  private long stepRow;

  /** A record that waits for its time to come late. */
  @SuppressWarnings("ArrayRecordComponent") // sent on, never compared
  private record Held(
      byte[] key, byte[] value, boolean words, int rows, int hits, long stamp, long row, long at) {}

  FaultySender(
      KafkaSender kafka,
      List<FaultInjection.Plan> plans,
      Random random,
      Tally tally,
      InjectionLog log) {
    this.kafka = kafka;
    this.plans = plans;
    this.random = random;
    this.tally = tally;
    this.log = log;
    findNext();
  }

  private void findNext() {
    nextRow = Schedule.NEVER;
    for (FaultInjection.Plan plan : plans) {
      nextRow = Math.min(nextRow, plan.schedule.next());
    }
  }

  @Override
  public void send(byte[] key, byte[] value, boolean words, int rows, int hits, long stamp) {
    latest = Math.max(latest, stamp);
    releaseHeld();
    if (stepMs != 0 && latest - stepFrom >= STEP_MS) {
      endStep();
    }
    long first = row;
    row += rows;
    if (nextRow >= row) {
      kafka.send(key, value, words, rows, hits, stamp + stepMs);
      return;
    }
    long lateness = 0;
    for (FaultInjection.Plan plan : plans) {
      while (plan.isDue(row - 1)) {
        switch (plan.injection.kind()) {
          case LATE -> {
            log.count(plan.injection.label());
            lateness = Math.max(lateness, plan.injection.size());
          }
          case CLOCK_STEP -> beginStep(plan.injection, first, stamp);
          case DUPLICATE -> duplicate(plan.injection, key, value, words, rows, hits, stamp, first);
          case MALFORMED -> malformed(plan.injection, stamp, first);
          default -> flood(plan.injection, words, stamp, first);
        }
      }
    }
    findNext();
    if (lateness > 0) {
      hold(new Held(key, value, words, rows, hits, stamp + stepMs, first, latest + lateness));
    } else {
      kafka.send(key, value, words, rows, hits, stamp + stepMs);
    }
  }

  private void hold(Held late) {
    if (held.size() == MOST_HELD) {
      sendLate(held.poll());
    }
    // Few kinds of lateness: mostly this goes to the end.
    ArrayDeque<Held> longer = new ArrayDeque<>();
    while (!held.isEmpty() && held.peekLast().at > late.at) {
      longer.push(held.pollLast());
    }
    held.add(late);
    held.addAll(longer);
  }

  private void releaseHeld() {
    while (!held.isEmpty() && held.peek().at <= latest) {
      sendLate(held.poll());
    }
  }

  private void sendLate(Held late) {
    long lateness = latest - late.stamp;
    kafka.sendExtra(
        kafka.message(late.key, late.value, late.words, late.stamp),
        late.rows,
        late.hits,
        kafka.tally(),
        (message, place) ->
            log.line(
                "late",
                late.row,
                late.stamp,
                ",\"rows\":" + late.rows + ",\"late_ms\":" + lateness,
                place));
  }

  private void beginStep(Injection injection, long first, long stamp) {
    if (stepMs != 0) {
      endStepAt(first);
    }
    log.count(injection.label());
    stepMs = injection.size();
    stepFrom = stamp;
    stepRow = first;
  }

  private void endStep() {
    endStepAt(row);
  }

  private void endStepAt(long end) {
    log.line(
        "clock-step",
        stepRow,
        ",\"to_row\":" + end + ",\"timestamp\":" + stepFrom + ",\"shift_ms\":" + stepMs);
    stepMs = 0;
  }

  private void duplicate(
      Injection injection,
      byte[] key,
      byte[] value,
      boolean words,
      int rows,
      int hits,
      long stamp,
      long first) {
    log.count(injection.label());
    String fields = ",\"rows\":" + rows + ",\"hits\":" + hits;
    kafka.sendExtra(
        kafka.message(key, value, words, stamp + stepMs),
        rows,
        hits,
        tally,
        (message, place) -> log.line(injection.label(), first, stampOf(message), fields, place));
  }

  private void malformed(Injection injection, long stamp, long first) {
    Malformation[] all = Malformation.values();
    Malformation chosen =
        injection.malformation() != null
            ? injection.malformation()
            : all[random.nextInt(all.length)];
    log.count(chosen.label());
    kafka.sendExtra(
        kafka.message(null, chosen.value(), chosen.isWords(), stamp + stepMs),
        1,
        0,
        tally,
        (message, place) -> log.line(chosen.label(), first, stampOf(message), "", place));
  }

  private static long stampOf(ProducerRecord<byte[], byte[]> message) {
    return message.timestamp();
  }

  private void flood(Injection injection, boolean words, long stamp, long first) {
    log.count(injection.label());
    long orbit = random.nextInt() & HitWord.MAX_ORBIT;
    int size = (int) injection.size();
    int perMessage = words ? FLOOD_BLOCK : 1;
    Flood flood = new Flood(injection.label(), first, orbit, (size + perMessage - 1) / perMessage);
    for (int sent = 0; sent < size; sent += perMessage) {
      int count = Math.min(perMessage, size - sent);
      for (int i = 0; i < count; i++) {
        long word =
            HitWord.hit(
                random.nextInt(2),
                random.nextInt(2 * Telescope.CELLS),
                (orbit + sent + i) & HitWord.MAX_ORBIT,
                random.nextInt(Telescope.CROSSINGS_PER_ORBIT),
                1 + random.nextInt(Telescope.TICKS_PER_CROSSING));
        if (words) {
          writer.word(word);
        } else {
          writer.json(DaqRecord.ofWord(word));
        }
      }
      kafka.sendExtra(
          kafka.message(null, writer.take(), words, stamp + stepMs), count, count, tally, flood);
    }
  }

  /**
   * Tells of a flood when all of it is answered for: of each partition in one line, since its
   * records lie side by side there.
   */
  private final class Flood implements Outcome {
    private final String label;
    private final long first;
    private final long orbit;
    private final Map<Integer, Part> parts = new TreeMap<>();
    private int left;
    private int failed;

    /** What of it lies in one partition. */
    private static final class Part {
      final long from;
      long to;
      int records;

      Part(long from) {
        this.from = from;
      }
    }

    Flood(String label, long first, long orbit, int messages) {
      this.label = label;
      this.first = first;
      this.orbit = orbit;
      left = messages;
    }

    @Override
    public synchronized void of(ProducerRecord<byte[], byte[]> message, RecordMetadata place) {
      left--;
      if (place == null) {
        failed++;
      } else {
        Part part = parts.computeIfAbsent(place.partition(), p -> new Part(place.offset()));
        part.to = place.offset();
        part.records++;
      }
      if (left > 0) {
        return;
      }
      String orbits = ",\"timestamp\":" + stampOf(message) + ",\"first_orbit\":" + orbit;
      parts.forEach(
          (partition, part) ->
              log.line(
                  label,
                  first,
                  orbits
                      + ",\"partition\":"
                      + partition
                      + ",\"offset\":"
                      + part.from
                      + ",\"last_offset\":"
                      + part.to
                      + ",\"records\":"
                      + part.records));
      if (failed > 0) {
        log.line(label, first, orbits + ",\"failed\":true,\"records\":" + failed);
      }
    }
  }

  /** Sends what waits to be late, though its time has not come. */
  void flush() {
    while (!held.isEmpty()) {
      sendLate(held.poll());
    }
    if (stepMs != 0) {
      endStep();
    }
  }
}
