package org.driftwatch.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.driftwatch.telemetry.ArchivedClasses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  private static final String WRITES = "-D" + ArchivedClasses.PROPERTY + "=";
  private static final String READS = "-XX:SharedArchiveFile=";

  @TempDir Path folder;
  private Path jar;

  @BeforeEach
  void aJar() throws IOException {
    jar = Files.writeString(folder.resolve("some.jar"), "classes");
  }

  private List<String> arguments() {
    return new ClassArchive(folder, "batch").jvmArguments(jar.toString());
  }

  private void run() throws IOException {
    for (String argument : arguments()) {
      if (argument.startsWith(WRITES)) {
        Files.writeString(Path.of(argument.substring(WRITES.length())), "classes");
      }
    }
  }

  @Test
  void theArchiveThatOneRunHasWrittenIsReadByLaterOnes() throws IOException {
    assertThat(arguments(), hasItem(startsWith(WRITES)));
    run();
    assertThat(arguments(), hasItem(startsWith(READS)));
    assertThat(arguments(), not(hasItem(startsWith(WRITES))));
  }

  @Test
  void ofAFolderOfJarsEachOneCounts() throws IOException {
    Path jars = Files.createDirectory(folder.resolve("jars"));
    Files.writeString(jars.resolve("a.jar"), "classes");
    ClassArchive archive = new ClassArchive(folder, "batch");
    List<String> before = archive.jvmArguments(jars + "/*");
    assertThat(archive.jvmArguments(jars + "/*"), is(before));
    Files.writeString(jars.resolve("b.jar"), "classes");
    assertThat(archive.jvmArguments(jars + "/*"), is(not(before)));
  }

  @Test
  void withAnotherJarTheArchiveIsWrittenAnewAndTheOldOneDeleted() throws IOException {
    run();
    Files.writeString(jar, "other classes");
    assertThat(arguments(), hasItem(startsWith(WRITES)));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.toList(), contains(jar));
    }
  }

  @Test
  void whereNoArchiveCanBeWrittenAProgramStartsWithoutOne() {
    ClassArchive archive = new ClassArchive(folder.resolve("none"), "batch");
    assertThat(archive.jvmArguments(jar.toString()), is(empty()));
  }

  @Test
  void archivesOfOtherProgramsAreLeftAlone() throws IOException {
    Path other = Files.createFile(folder.resolve("viewer-1.jsa"));
    assertThat(arguments().toString(), containsString("batch-"));
    assertThat(Files.exists(other), is(true));
  }
}
