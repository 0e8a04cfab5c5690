package org.driftwatch.emulator.record;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.driftwatch.detector.testing.Fuzzer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No input makes the reader of recordings fail or hang; see {@link Fuzzer}. */
class RecordingFuzzTest {
  @TempDir Path folder;

  @Test
  void recordingsAreReadOrRefused() throws IOException {
    fuzz("recordings", "run.rec");
  }

  @Test
  void gzippedRecordingsAreReadOrRefused() throws IOException {
    fuzz("recordings, gzipped", "run.rec.gz");
  }

  private void fuzz(String name, String file) throws IOException {
    Path recording = folder.resolve(file);
    try (RecordingWriter writer = new RecordingWriter(recording)) {
      writer.write(0, 1_795_207_006_000L, null, new byte[] {1, 2, 3}, new RecordHeaders());
      writer.write(2, 1_795_207_005_999L, new byte[0], null, headers());
      writer.write(1, Long.MIN_VALUE, new byte[200], new byte[300], new RecordHeaders());
    }
    byte[] content = Files.readAllBytes(recording);
    Path named = Path.of(file);
    Fuzzer.run(name, random -> content, List.of(), IOException.class, input -> read(named, input));
  }

  private static RecordHeaders headers() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("format", new byte[] {'w'});
    headers.add("", null);
    return headers;
  }

  private static Object read(Path file, byte[] input) throws IOException {
    List<String> found = new ArrayList<>();
    try (RecordingReader reader = new RecordingReader(file, new ByteArrayInputStream(input))) {
      RecordedRecord next = reader.read();
      while (next != null) {
        found.add(
            String.join(
                " ",
                Integer.toString(next.partition()),
                Long.toString(next.timestamp()),
                Arrays.toString(next.key()),
                Arrays.toString(next.value()),
                next.headers().toString()));
        next = reader.read();
      }
    }
    return found;
  }
}
