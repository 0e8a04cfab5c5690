package org.driftwatch.detector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whole numbers in arrays of bytes, the lowest byte first. A number may begin at any byte; where
 * part of it would lie outside the array, an {@link IndexOutOfBoundsException} says so.
 */
public final class LittleEndian {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  /** The four bytes from a place on. */
  public static int getInt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  /** The eight bytes from a place on. */
  public static long getLong(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** Overwrites the four bytes from a place on. */
  public static void putInt(byte[] bytes, int at, int number) {
    INTS.set(bytes, at, number);
  }

  /** Overwrites the eight bytes from a place on. */
  public static void putLong(byte[] bytes, int at, long number) {
    LONGS.set(bytes, at, number);
  }
}
