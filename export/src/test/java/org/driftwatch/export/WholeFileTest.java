package org.driftwatch.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder;

  @Test
  void aFileThatCannotBeWrittenIsSaidAndLeavesNothingBehind() throws IOException {
    Path inNowhere = folder.resolve("no").resolve("a.csv");
    IOException refused =
        assertThrows(IOException.class, () -> WholeFile.write(inNowhere, new byte[1]));
    assertThat(refused.getMessage(), containsString("folder " + folder.resolve("no")));
    Path taken = Files.createDirectories(folder.resolve("taken.csv").resolve("full"));
    assertThrows(IOException.class, () -> WholeFile.write(taken.getParent(), new byte[1]));
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList(), is(List.of(taken.getParent())));
    }
  }

  @Test
  void theReasonOfALibraryIsTheInnermost() {
    IOException refused =
        assertThrows(
            IOException.class,
            () ->
                WholeFile.write(
                    folder.resolve("a.nxs"),
                    part -> {
                      Files.writeString(part, "half");
                      throw new IllegalStateException("wrapped", new IOException("no space"));
                    }));

    assertThat(refused.getMessage(), is(folder.resolve("a.nxs") + " cannot be written: no space"));
    assertThat(folder.toFile().list().length, is(0));
  }
}
