package org.driftwatch.pipelines.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.CoderProperties;

/** What every hand-laid coder must hold, by Beam's own checks. */
public final class CoderChecks {
  private CoderChecks() {}

  /** Round trips, determinism, serializability, and no silent reading of half a value. */
  public static <T> void assertSound(Coder<T> coder, List<T> values) throws Exception {
    CoderProperties.coderSerializable(coder);
    for (T value : values) {
      CoderProperties.coderDecodeEncodeEqual(coder, value);
      CoderProperties.coderDeterministic(coder, value, value);
      assertEndsWithItsValue(coder, value);
      if (coder.consistentWithEquals()) {
        for (T other : values) {
          CoderProperties.coderConsistentWithEquals(coder, value, other);
        }
      }
    }
  }

  /** It reads its own bytes and no more, and notices when some are missing. */
  private static <T> void assertEndsWithItsValue(Coder<T> coder, T value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    coder.encode(value, out);
    byte[] bytes = out.toByteArray();
    ByteArrayInputStream in = new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length + 3));
    assertThat(coder.decode(in), is(value));
    assertThat(in.available(), is(3));
    for (int length = 0; length < bytes.length; length += 1 + bytes.length / 50) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(IOException.class, () -> coder.decode(new ByteArrayInputStream(cut)));
    }
  }
}
