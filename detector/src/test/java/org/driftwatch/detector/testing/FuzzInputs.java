package org.driftwatch.detector.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Inputs for a parser, made of sound ones: besides the damage of {@link Mutations}, parts of two
 * put together, tokens of the grammar where they do not belong, numbers at and beyond every limit,
 * deep nesting, broken UTF-8. Inputs that were met with a new answer are taken as a start for
 * others.
 */
final class FuzzInputs {
  private static final int MOST_KEPT = 500;
  private static final int LONGEST = 64 << 10;
  private static final byte[][] NUMBERS =
      bytes(
          List.of(
              "0",
              "-0",
              "-1",
              "00",
              "+1",
              "1.0",
              ".5",
              "5.",
              "0.1",
              "1e3",
              "1e-3",
              "4294967295",
              "4294967296",
              "2147483647",
              "2147483648",
              "999999999999999999",
              "9223372036854775807",
              "9223372036854775808",
              "-9223372036854775808",
              "-9223372036854775809",
              "1e308",
              "1e309",
              "1e999999999",
              "1E-999999999",
              "0e2147483647",
              "1e2147483648",
              "-1e-2147483649",
              "1e99999999999999999999",
              "NaN",
              "Infinity",
              "0x1p3",
              "1f",
              "\u0661",
              "1" + "0".repeat(400),
              "9".repeat(1001),
              "0." + "0".repeat(990) + "1"));
  private static final byte[][] NO_UTF_8 = {
    {(byte) 0xC0, (byte) 0x80},
    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
    {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xE2, (byte) 0x82},
    {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
    {(byte) 0xF0, (byte) 0x9F, (byte) 0x92, (byte) 0xA9},
    {(byte) 0xE2, (byte) 0x80, (byte) 0xA8},
    {(byte) 0xFF},
    {0}
  };
  private static final byte[][] OPENINGS =
      bytes(List.of("[", "{\"a\":", "(", "\"", "\\", "-", " "));

  private final Random random;
  private final Mutations mutations;
  private final Function<Random, byte[]> sound;
  private final byte[][] tokens;
  private final List<byte[]> kept = new ArrayList<>();
  private int longestSound;

  /**
   * Inputs drawn from this source.
   *
   * @param sound makes inputs that the parser takes
   * @param tokens words of its grammar
   */
  FuzzInputs(Random random, Function<Random, byte[]> sound, List<String> tokens) {
    this.random = random;
    this.mutations = new Mutations(random);
    this.sound = sound;
    this.tokens = bytes(tokens);
  }

  private static byte[][] bytes(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
  }

  /** The next input, now and then a sound one. */
  byte[] next() {
    byte[] input = start();
    int changes = random.nextInt(16) == 0 ? 0 : 1 + random.nextInt(random.nextInt(4) == 0 ? 9 : 2);
    for (; changes > 0; changes--) {
      input = changed(input);
    }
    return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
  }

  /** Takes an input as a start for others, if it is not too long. */
  void keep(byte[] input) {
    if (input.length > 2 * longestSound + 64) {
      return;
    }
    if (kept.size() < MOST_KEPT) {
      kept.add(input);
    } else {
      kept.set(random.nextInt(MOST_KEPT), input);
    }
  }

  private byte[] start() {
    if (!kept.isEmpty() && random.nextInt(3) == 0) {
      return kept.get(random.nextInt(kept.size()));
    }
    byte[] input = sound.apply(random);
    longestSound = Math.max(longestSound, input.length);
    return input;
  }

  private byte[] changed(byte[] input) {
    int at = random.nextInt(input.length + 1);
    int to = at + random.nextInt(input.length - at + 1);
    return switch (random.nextInt(14)) {
      case 0 -> spliced(input, at, to, new byte[0]);
      case 1 -> {
        byte[] other = start();
        int from = random.nextInt(other.length + 1);
        yield spliced(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
      }
      case 2 -> spliced(input, at, at, Arrays.copyOfRange(input, at, to));
      case 3 -> spliced(input, at, at, one(NO_UTF_8));
      case 4 -> nested(input, at);
      case 5, 6 -> tokens.length == 0 ? input : spliced(input, at, at, one(tokens));
      case 7 -> tokens.length == 0 ? input : overWord(input, at, one(tokens));
      case 8 -> spliced(input, at, at, one(NUMBERS));
      case 9, 10 -> overWord(input, at, one(NUMBERS));
      default -> mutations.damage(input);
    };
  }

  private byte[] one(byte[][] pieces) {
    return pieces[random.nextInt(pieces.length)];
  }

  private byte[] nested(byte[] input, int at) {
    byte[] opening = one(OPENINGS);
    byte[] openings = new byte[opening.length << random.nextInt(11)];
    for (int i = 0; i < openings.length; i++) {
      openings[i] = opening[i % opening.length];
    }
    return spliced(input, at, at, openings);
  }

  /** Puts a piece in place of the word or number at or behind a place. */
  private static byte[] overWord(byte[] input, int at, byte[] piece) {
    int from = at;
    while (from < input.length && !inWord(input[from])) {
      from++;
    }
    while (from > 0 && inWord(input[from - 1])) {
      from--;
    }
    int to = from;
    while (to < input.length && inWord(input[to])) {
      to++;
    }
    return spliced(input, from, to, piece);
  }

  private static boolean inWord(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '.'
        || b == '_'
        || b < 0;
  }

  private static byte[] spliced(byte[] input, int from, int to, byte[] piece) {
    byte[] result = Arrays.copyOf(input, input.length - (to - from) + piece.length);
    System.arraycopy(piece, 0, result, from, piece.length);
    System.arraycopy(input, to, result, from + piece.length, input.length - to);
    return result;
  }
}
