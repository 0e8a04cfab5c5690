package org.driftwatch.detector.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Holds a parser against damaged inputs: each is taken or refused as the parser declares, in one
 * line, within a bounded time, and what is taken twice gives the same. The inputs are the same in
 * every run; {@code -Ddriftwatch.seed=N} gives others, {@code -Ddriftwatch.inputs=N} another number
 * of them.
 *
 * <pre>{@code
 * Fuzzer.run("durations", Fuzzer.texts("5s"), List.of("ms", "h"), UsageException.class,
 *     input -> Durations.parse("window", Fuzzer.text(input)));
 * }</pre>
 */
public final class Fuzzer {
  private static final long INPUTS = Long.getLong("driftwatch.inputs", 10_000);

  /** Seconds on one input that are a hang, however slow or burdened the machine. */
  private static final int PATIENCE = 60;

  private static final int TAKEN_KEPT = 64;
  private static final int MADE_ONCE = 1000;
  private static final int TELLING = 60;

  static {
    System.out.printf(
        "fuzzing, repeat with -Ddriftwatch.seed=%d%n%-44s %13s %13s %10s%n",
        Seed.value(), "parser", "inputs", "rejected", "longest ms");
  }

  private final String name;
  private final FuzzInputs inputs;
  private final Class<? extends Exception> refusal;
  private final Parser parser;
  private final Set<Integer> refusals = new HashSet<>();
  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicLong read = new AtomicLong();
  private volatile byte[] input = {};
  private volatile Throwable failure;
  private long refused;
  private long longest;

  /** What is tried: reads an input and gives something to be compared, or throws its refusal. */
  @FunctionalInterface
  public interface Parser {
    /** What the input says; {@link Refused} where it is refused without an exception. */
    Object read(byte[] input) throws Exception;
  }

  /** An input that is refused by an answer. */
  public record Refused(Object answer) {}

  private Fuzzer(
      String name, FuzzInputs inputs, Class<? extends Exception> refusal, Parser parser) {
    this.name = name;
    this.inputs = inputs;
    this.refusal = refusal;
    this.parser = parser;
  }

  /**
   * Tries a parser, and prints a line about it.
   *
   * @param name of the parser, for the line
   * @param sound makes inputs that it takes
   * @param tokens words of its grammar
   * @param refusal what it throws; a checked exception's subclasses too
   */
  public static void run(
      String name,
      Function<Random, byte[]> sound,
      List<String> tokens,
      Class<? extends Exception> refusal,
      Parser parser) {
    Random random = new Random(Seed.value() * 31 + name.hashCode());
    new Fuzzer(name, new FuzzInputs(random, sound, tokens), refusal, parser).run();
  }

  /** One of these texts. */
  public static Function<Random, byte[]> texts(String... texts) {
    return random -> texts[random.nextInt(texts.length)].getBytes(UTF_8);
  }

  /**
   * One of a thousand inputs that are made once: for those that take longer to make than to read.
   */
  public static Function<Random, byte[]> someOf(Function<Random, byte[]> made) {
    List<byte[]> inputs = new ArrayList<>();
    return random -> {
      if (inputs.size() < MADE_ONCE) {
        inputs.add(made.apply(random));
      }
      return inputs.get(random.nextInt(inputs.size()));
    };
  }

  /** An input as text: what is no UTF-8 becomes the replacement character. */
  public static String text(byte[] input) {
    return new String(input, UTF_8);
  }

  /** An input as an option's value: text on one line. */
  public static String option(byte[] input) {
    return text(input).replace('\n', ' ').replace('\r', ' ');
  }

  private void run() {
    Thread worker = new Thread(this::readAll, "fuzzer");
    worker.setDaemon(true);
    worker.start();
    try {
      awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    if (failure != null) {
      throw new AssertionError(
          name + ": input " + read.get() + " of seed " + Seed.value() + ": " + printable(input),
          failure);
    }
    System.out.printf(
        "%-44s %,13d %,13d %10d%n",
        name, read.get(), refused, TimeUnit.NANOSECONDS.toMillis(longest));
    if (refused == 0 || refused == read.get()) {
      throw new AssertionError(name + ": " + refused + " rejected of " + read + ", expected some");
    }
  }

  /** Seconds are counted and not measured: a process that was stopped meanwhile has no hang. */
  private void awaitEnd() throws InterruptedException {
    long before = -1;
    int seconds = 0;
    while (!done.await(1, TimeUnit.SECONDS)) {
      long now = read.get();
      seconds = now == before ? seconds + 1 : 0;
      before = now;
      if (seconds == PATIENCE) {
        throw new AssertionError(name + ": hangs on input " + now + ": " + printable(input));
      }
    }
  }

  private void readAll() {
    try {
      while (read.get() < INPUTS) {
        byte[] next = inputs.next();
        input = next;
        long begin = System.nanoTime();
        Throwable found = readOne(next);
        longest = Math.max(longest, System.nanoTime() - begin);
        if (found != null) {
          input = shrunk(next, found);
          failure = found;
          return;
        }
        read.lazySet(read.get() + 1);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      done.countDown();
    }
  }

  /** Reads an input; what is wrong with the answer, or null. */
  private Throwable readOne(byte[] next) {
    // The parser may not change it either.
    byte[] given = next.clone();
    try {
      Object first = parser.read(given);
      if (first instanceof Refused why) {
        refused++;
        learn(next, String.valueOf(why.answer()));
      } else if (read.get() % TAKEN_KEPT == 0) {
        inputs.keep(next);
      }
      if (!Objects.equals(first, parser.read(given))) {
        return new AssertionError("read twice, it gives something else than " + first);
      }
      return Arrays.equals(given, next) ? null : new AssertionError("the input was changed");
    } catch (Throwable e) {
      if (!isRefusal(e)) {
        return e;
      }
      refused++;
      learn(next, e.getMessage());
      return null;
    }
  }

  private boolean isRefusal(Throwable e) {
    String line = e.getMessage();
    return (refusal == e.getClass() || (refusal.isInstance(e) && !(e instanceof RuntimeException)))
        && line != null
        && !line.isBlank()
        && line.indexOf('\n') < 0
        && line.indexOf('\r') < 0;
  }

  /** A refusal in other words comes from another place of the parser. */
  private void learn(byte[] next, String reason) {
    int words = 0;
    int letters = 0;
    for (int i = 0; i < reason.length() && letters < TELLING; i++) {
      char c = reason.charAt(i);
      if (c >= 'a' && c <= 'z') {
        words = 31 * words + c;
        letters++;
      }
    }
    if (refusals.size() < 10 * TELLING && refusals.add(words)) {
      inputs.keep(next);
    }
  }

  /** As little of the input as fails in the same way. */
  private byte[] shrunk(byte[] found, Throwable how) {
    byte[] least = found;
    for (int part = found.length / 2; part > 0; part /= 2) {
      int at = 0;
      while (at + part <= least.length) {
        byte[] less = new byte[least.length - part];
        System.arraycopy(least, 0, less, 0, at);
        System.arraycopy(least, at + part, less, at, less.length - at);
        Throwable then = readOne(less);
        if (then != null && then.getClass() == how.getClass()) {
          least = less;
        } else {
          at += part;
        }
      }
    }
    return least;
  }

  private static String printable(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(b >= ' ' && b < 127 ? Character.toString(b) : String.format("\\x%02x", b & 0xff));
    }
    return text.toString();
  }
}
