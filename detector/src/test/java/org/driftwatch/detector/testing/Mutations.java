package org.driftwatch.detector.testing;

import java.util.Arrays;
import java.util.Random;

/** Damage as it happens on the way: bytes flipped, lost, doubled, inserted; ends cut off. */
public final class Mutations {
  private static final byte[] TELLING =
      "{}[]\",:\\ \n\r\t0123456789+-.eEtfnu\u0000"
          .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final Random random;

  /** Damage drawn from this source. */
  public Mutations(Random random) {
    this.random = random;
  }

  /** The value with some damage; the value itself is left as it is. */
  public byte[] damage(byte[] value) {
    byte[] damaged = value;
    for (int i = random.nextInt(4); i >= 0; i--) {
      damaged = once(damaged);
    }
    return damaged;
  }

  private byte[] once(byte[] value) {
    if (value.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(value.length);
    int length = Math.min(value.length - at, 1 + random.nextInt(12));
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(value, at);
      case 1 -> splice(value, at, at + length, new byte[0]);
      case 2 -> splice(value, at, at, Arrays.copyOfRange(value, at, at + length));
      case 3 -> splice(value, at, at + 1, new byte[] {(byte) random.nextInt()});
      case 4 -> splice(value, at, at + 1, new byte[] {telling()});
      default -> splice(value, at, at, new byte[] {telling()});
    };
  }

  private byte telling() {
    return TELLING[random.nextInt(TELLING.length)];
  }

  private static byte[] splice(byte[] value, int from, int to, byte[] inserted) {
    byte[] result = Arrays.copyOf(value, value.length - (to - from) + inserted.length);
    System.arraycopy(inserted, 0, result, from, inserted.length);
    System.arraycopy(value, to, result, from + inserted.length, value.length - to);
    return result;
  }
}
