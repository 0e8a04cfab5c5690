package org.driftwatch.viewer.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.testing.Fuzzer;
import org.driftwatch.detector.testing.RandomSummaries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No file makes the reader of references fail or hang; see {@link Fuzzer}. */
class ReferenceFuzzTest {
  @TempDir Path folder;

  @Test
  void referencesAreReadOrRefused() throws IOException {
    Path file = folder.resolve("good.json");
    new Reference("", "course", 7, new RandomSummaries(new Random(7)).next()).save(file);
    byte[] content = Files.readAllBytes(file);
    Path named = Path.of("good.json");
    Fuzzer.run(
        "references",
        random -> content,
        List.of("{", "}", "[", "],", "null", "\"windows\":", "\"run\":[],", "true", "\"sum\":{},"),
        IOException.class,
        input -> Reference.read(named, input));
  }
}
