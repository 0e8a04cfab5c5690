package org.driftwatch.export;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as ROOT's {@code TBuffer} writes them: the highest byte first, objects with the number of
 * their bytes and the version of their class in front. Source: ROOT, "Object I/O" of its
 * documentation ({@code root/io/doc/TFile}).
 */
final class RootBuffer {
  private static final int BYTE_COUNT = 0x4000_0000;
  private static final int NEW_CLASS = 0xFFFF_FFFF;

  /** Of an object on the heap that is no longer needed by its creator: {@code kIsOnHeap}. */
  private static final int OBJECT_BITS = 0x0300_0000;

  private static final int LONG_TEXT = 255;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  /** What writes an object's content. */
  interface Content {
    void write(RootBuffer buffer);
  }

  private interface Write {
    void to(DataOutputStream out) throws IOException;
  }

  private RootBuffer write(Write write) {
    try {
      write.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return this;
  }

  RootBuffer bytes(byte[] more) {
    return write(o -> o.write(more));
  }

  RootBuffer int8(int value) {
    return write(o -> o.writeByte(value));
  }

  RootBuffer int16(int value) {
    return write(o -> o.writeShort(value));
  }

  RootBuffer int32(int value) {
    return write(o -> o.writeInt(value));
  }

  RootBuffer float32(float value) {
    return write(o -> o.writeFloat(value));
  }

  RootBuffer float64(double value) {
    return write(o -> o.writeDouble(value));
  }

  /** A {@code TString}: one byte of length, five of a long one. */
  RootBuffer text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length < LONG_TEXT) {
      int8(utf8.length);
    } else {
      int8(LONG_TEXT).int32(utf8.length);
    }
    return bytes(utf8);
  }

  /** A {@code TArrayD}. */
  RootBuffer array(double... values) {
    int32(values.length);
    for (double value : values) {
      float64(value);
    }
    return this;
  }

  /** An object of a class of this version: its bytes counted in front. */
  RootBuffer object(int version, Content content) {
    RootBuffer inner = new RootBuffer();
    inner.int16(version);
    content.write(inner);
    return int32(BYTE_COUNT | inner.size()).bytes(inner.toBytes());
  }

  /** A pointer to an object, and the object itself. */
  RootBuffer pointer(String className, int version, Content content) {
    RootBuffer inner = new RootBuffer();
    inner.int32(NEW_CLASS).bytes(className.getBytes(StandardCharsets.US_ASCII)).int8(0);
    inner.object(version, content);
    return int32(BYTE_COUNT | inner.size()).bytes(inner.toBytes());
  }

  /** A pointer to nothing. */
  RootBuffer noPointer() {
    return int32(0);
  }

  /** A {@code TObject}. */
  RootBuffer object() {
    return int16(1).int32(0).int32(OBJECT_BITS);
  }

  /** A {@code TNamed}. */
  RootBuffer named(String name, String title) {
    return object(1, b -> b.object().text(name).text(title));
  }

  /** A {@code TList} of objects, each written as {@link #pointer} does, without options. */
  RootBuffer list(Iterable<Content> objects) {
    int size = 0;
    RootBuffer content = new RootBuffer();
    for (Content object : objects) {
      object.write(content);
      content.int8(0);
      size++;
    }
    int count = size;
    return object(5, b -> b.object().text("").int32(count).bytes(content.toBytes()));
  }

  int size() {
    return bytes.size();
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
