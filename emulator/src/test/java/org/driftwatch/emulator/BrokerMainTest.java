package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker as a program. */
@Timeout(180)
class BrokerMainTest {
  @TempDir Path folder;

  @Test
  void saysWhenItServesAndEndsWithStatusZeroWhenTerminated() throws Exception {
    Path data = folder.resolve("data");
    try (Program broker =
        Program.start(folder, BrokerMain.class, "--port", "0", "--data", data.toString())) {
      broker.awaitOut("Kafka broker ready on 127.0.0.1:");
      broker.terminate();
      assertThat(broker.awaitStatus(), is(0));
      assertThat(broker.out(), matchesPattern("Kafka broker ready on 127\\.0\\.0\\.1:\\d+\\R"));
      assertThat(broker.err(), is(""));
    }
  }

  @Test
  void aFolderThatCannotBeUsedIsOneLineAndStatusOne() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    try (Program broker =
        Program.start(folder, BrokerMain.class, "--port", "0", "--data", file.toString())) {
      assertThat(broker.awaitStatus(), is(1));
      assertThat(broker.err().strip().lines().count(), is(1L));
      assertThat(broker.err(), containsString("is not a folder"));
    }
  }

  @Test
  void anUnknownOptionIsOneLineAndStatusTwo() throws Exception {
    try (Program broker = Program.start(folder, BrokerMain.class, "--prot", "0")) {
      assertThat(broker.awaitStatus(), is(2));
      assertThat(broker.err().strip().lines().count(), is(1L));
      assertThat(broker.err(), allOf(containsString("--prot"), containsString("--help")));
    }
  }
}
