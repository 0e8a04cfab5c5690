package org.driftwatch.quality.service;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people of alarms by hooks, each on a thread of its own and one alarm after the other, so
 * that one that hangs delays neither verdicts nor the other hooks. An alarm for which there is no
 * room is dropped, counted and logged; it is told when it changes next, or after a restart. {@link
 * #call} and {@link #told} are for one thread.
 */
final class Caller implements AutoCloseable {
  /** Alarms that wait for a hook at most. */
  static final int ROOM = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Caller.class);
  private static final Duration END = Duration.ofSeconds(3);
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private final List<Line> lines = new ArrayList<>();

  /** Alarms that are being told, as they were then, by their keys. */
  private final Map<String, AlarmMessage> underWay = new HashMap<>();

  private final ConcurrentLinkedQueue<Call> ended = new ConcurrentLinkedQueue<>();
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private long quietUntil = System.nanoTime();

  /** An alarm on its way through all hooks. */
  private static final class Call {
    final AlarmMessage alarm;
    final AtomicInteger open;
    volatile boolean isComplete = true;

    Call(AlarmMessage alarm, int hooks) {
      this.alarm = alarm;
      open = new AtomicInteger(hooks);
    }
  }

  /** A hook, its thread and what waits for it. */
  private final class Line {
    final Hook hook;
    final ArrayBlockingQueue<Call> waiting = new ArrayBlockingQueue<>(ROOM);
    final Thread thread;

    Line(Hook hook) {
      this.hook = hook;
      thread = new Thread(this::run, "hook-" + lines.size());
      thread.setDaemon(true);
      thread.start();
    }

    void run() {
      try {
        while (true) {
          Call call = waiting.take();
          try {
            hook.tell(call.alarm);
            told.incrementAndGet();
          } catch (IOException e) {
            failed(call, e.getMessage());
          } catch (RuntimeException e) {
            failed(call, e.toString());
          }
          end(call);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void failed(Call call, String why) {
      call.isComplete = false;
      failed.incrementAndGet();
      LOG.warn("The {} was not told of {}: {}", hook.name(), call.alarm.key(), why);
    }
  }

  /** A caller with these hooks; with none it does nothing. */
  Caller(List<Hook> hooks) {
    hooks.forEach(hook -> lines.add(new Line(hook)));
  }

  private void end(Call call) {
    if (call.open.decrementAndGet() == 0) {
      ended.add(call);
    }
  }

  /** Tells of an alarm that people have yet to be told of, unless that is under way. */
  void call(AlarmMessage alarm) {
    AlarmMessage before = underWay.get(alarm.key());
    if (lines.isEmpty()
        || !alarm.isCallDue()
        || (before != null && before.level() == alarm.level())) {
      return;
    }
    underWay.put(alarm.key(), alarm);
    Call call = new Call(alarm, lines.size());
    for (Line line : lines) {
      if (!line.waiting.offer(call)) {
        call.isComplete = false;
        dropped(line.hook, alarm);
        end(call);
      }
    }
  }

  private void dropped(Hook hook, AlarmMessage alarm) {
    dropped.incrementAndGet();
    if (System.nanoTime() - quietUntil >= 0) {
      quietUntil = System.nanoTime() + QUIET_NANOS;
      LOG.warn(
          "The {} is not told of {} and perhaps others ({} dropped so far): {} alarms wait for it",
          hook.name(),
          alarm.key(),
          dropped.get(),
          ROOM);
    }
  }

  /** The alarms that all hooks have been told of since the last time, as they were told. */
  List<AlarmMessage> told() {
    List<AlarmMessage> done = new ArrayList<>();
    for (Call call = ended.poll(); call != null; call = ended.poll()) {
      underWay.remove(call.alarm.key(), call.alarm);
      if (call.isComplete) {
        done.add(call.alarm);
      }
    }
    return done;
  }

  /** Calls that succeeded, of each hook. */
  long toldCount() {
    return told.get();
  }

  /** Calls that failed. */
  long failedCount() {
    return failed.get();
  }

  /** Calls that were dropped. */
  long droppedCount() {
    return dropped.get();
  }

  /** Ends what is under way, within some seconds. */
  @Override
  public void close() {
    lines.forEach(line -> line.thread.interrupt());
    try {
      for (Line line : lines) {
        TimeUnit.MILLISECONDS.timedJoin(line.thread, END.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
