package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerFolderTest {
  @TempDir Path parent;

  private Path ownFolderWithData() throws IOException {
    Path folder = parent.resolve("broker");
    try (BrokerFolder own = BrokerFolder.claim(folder, false)) {
      Files.createDirectories(own.path().resolve("kafka/stream-0"));
      Files.writeString(own.path().resolve("kafka/stream-0/0.log"), "records");
    }
    return folder;
  }

  @Test
  void aFolderOfItsOwnStartsEmpty() throws IOException {
    Path folder = ownFolderWithData();
    try (BrokerFolder own = BrokerFolder.claim(folder, false)) {
      assertThat(Files.exists(own.path().resolve("kafka")), is(false));
    }
  }

  @Test
  void aFolderOfItsOwnIsKeptWhereAsked() throws IOException {
    Path folder = ownFolderWithData();
    try (BrokerFolder own = BrokerFolder.claim(folder, true)) {
      assertThat(Files.exists(own.path().resolve("kafka/stream-0/0.log")), is(true));
    }
  }

  @Test
  void aFolderOfSomebodyElseIsRefusedAndLeftAsItIs() throws IOException {
    Path thesis = Files.writeString(parent.resolve("thesis.tex"), "years of work");
    IOException failure = assertThrows(IOException.class, () -> BrokerFolder.claim(parent, false));
    assertThat(failure.getMessage(), containsString("holds files that are not a broker's"));
    assertThat(Files.readString(thesis), is("years of work"));
  }

  @Test
  void aFolderInUseIsRefusedBeforeAnythingIsDeleted() throws IOException {
    Path folder = ownFolderWithData();
    try (BrokerFolder own = BrokerFolder.claim(folder, true)) {
      assertThrows(IOException.class, () -> BrokerFolder.claim(folder, false));
      assertThat(Files.exists(own.path().resolve("kafka/stream-0/0.log")), is(true));
    }
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));
    IOException failure = assertThrows(IOException.class, () -> BrokerFolder.claim(file, false));
    assertThat(failure.getMessage(), containsString("is not a folder"));
  }

  @Test
  void linksOutOfTheFolderAreNotFollowed() throws IOException {
    Path outside = Files.writeString(parent.resolve("outside.txt"), "stays");
    Path folder = ownFolderWithData();
    Files.createSymbolicLink(folder.resolve("kafka/link"), parent);
    try (BrokerFolder own = BrokerFolder.claim(folder, false)) {
      assertThat(Files.exists(own.path().resolve("kafka")), is(false));
    }
    assertThat(Files.readString(outside), is("stays"));
  }
}
