package org.driftwatch.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipStreamTest {
  private final long seed = Long.getLong("driftwatch.seed", 20);
  private final Random random = new Random(seed);

  private static byte[] gzip(byte[]... members) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] member : members) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(member);
      }
    }
    return out.toByteArray();
  }

  private byte[] text(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) "0123456789,\n".charAt(random.nextInt(12));
    }
    return bytes;
  }

  /** Gives what it has in small pieces, and knows of nothing available. */
  private InputStream dribbling(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] b, int off, int len) {
        return super.read(b, off, Math.min(len, 1 + random.nextInt(50)));
      }

      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }

  private String failure(byte[] bytes) {
    return assertThrows(
            SourceFault.class,
            () -> new GzipStream(dribbling(bytes)).readAllBytes(),
            "seed " + seed)
        .getMessage();
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  @Test
  void membersComeOneAfterTheOther() throws IOException {
    byte[] a = text(100_000);
    byte[] b = text(3);
    byte[] both = join(a, b);
    assertThat(
        "seed " + seed,
        Arrays.equals(new GzipStream(dribbling(gzip(a, new byte[0], b))).readAllBytes(), both),
        is(true));
  }

  @Test
  void optionalHeaderFieldsAndPaddingArePassedOver() throws IOException {
    byte[] plain = gzip(text(50));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(plain, 0, 3);
    out.write(2 | 4 | 8 | 16);
    out.write(plain, 4, 6);
    out.write(new byte[] {3, 0, 9, 9, 9});
    out.write("name\0comment\0..".getBytes(StandardCharsets.US_ASCII));
    out.write(plain, 10, plain.length - 10);
    out.write(new byte[1000]);
    assertThat(new GzipStream(dribbling(out.toByteArray())).readAllBytes().length, is(50));
  }

  @Test
  void aFileThatEndsAnywhereInAMemberEndsEarlyAtThatByte() throws IOException {
    byte[] whole = gzip(text(300));
    for (int length = 0; length < whole.length; length++) {
      assertThat(
          failure(Arrays.copyOf(whole, length)), is("its gzip data ends early, at byte " + length));
    }
  }

  @Test
  void aWrongByteIsNeverTakenForGoodData() throws IOException {
    byte[] content = text(2000);
    byte[] whole = gzip(content);
    int checksum = whole.length - 8;
    // The first ten bytes hold the time and the system, which may be anything; so may the bits that
    // fill the last byte before the checksum.
    for (int i = 10; i < whole.length; i++) {
      byte[] wrong = whole.clone();
      wrong[i] ^= (byte) (i == checksum - 1 ? 0xFF : 1 + random.nextInt(255));
      assertThat(failure(wrong), allOf(containsString("gzip"), containsString("byte ")));
    }
  }

  @Test
  void whatFollowsAMemberAndIsNoneIsAFault() throws IOException {
    byte[] member = gzip(text(300));
    byte[] garbage = "2,0,1,5,5,5\n".getBytes(StandardCharsets.US_ASCII);
    assertThat(
        failure(join(member, garbage)),
        is(
            "byte "
                + member.length
                + " is neither the end of its gzip data nor a further part of it"));
    assertThat(
        failure(join(member, new byte[] {0, 0, 7})), startsWith("byte " + (member.length + 2)));
    assertThat(failure(garbage), is("it is not gzip data, though its name ends in .gz"));
  }
}
