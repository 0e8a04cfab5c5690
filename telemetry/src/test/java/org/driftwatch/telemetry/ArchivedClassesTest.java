package org.driftwatch.telemetry;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivedClassesTest {
  @TempDir Path folder;

  /** A program that says how it got its classes, and keeps them. */
  static final class Kept {
    private Kept() {}

    public static void main(String[] args) {
      System.out.println("done");
      ArchivedClasses.keep("program");
    }
  }

  private String run(String... jvm) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(jvm));
    command.addAll(List.of("-Xlog:cds*=off", "-cp", jar().toString(), Kept.class.getName()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat("ends", process.waitFor(60, TimeUnit.SECONDS));
    String said = Files.readString(output);
    Files.delete(output);
    assertThat(said, process.exitValue(), is(0));
    return said;
  }

  /** Classes of a folder are in no archive. */
  private Path jar() throws IOException, InterruptedException {
    Path jar = folder.resolveSibling(folder.getFileName() + ".jar");
    if (!Files.exists(jar)) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "jar").toString());
      command.addAll(List.of("cf", jar.toString()));
      for (String tree : List.of("classes", "test-classes")) {
        command.addAll(List.of("-C", Path.of("target", tree).toAbsolutePath().toString(), "org"));
      }
      assertThat(new ProcessBuilder(command).start().waitFor(), is(0));
      jar.toFile().deleteOnExit();
    }
    return jar;
  }

  @Test
  void whatAProgramKeepsIsSharedByLaterStarts() throws Exception {
    Path archive = folder.resolve("program.jsa");
    String property = "-D" + ArchivedClasses.PROPERTY + "=" + archive;
    assertThat(run("-XX:+RecordDynamicDumpInfo", property).strip(), is("done"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList(), contains(archive));
    }
    String shared = "org.driftwatch.telemetry.ArchivedClasses source: shared objects file (top)";
    assertThat(run("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load"), containsString(shared));
  }

  @Test
  void anArchiveThatCannotBeWrittenIsOneLineAndTheWorkIsDone() throws Exception {
    Path archive = folder.resolve("none/program.jsa");
    String property = "-D" + ArchivedClasses.PROPERTY + "=" + archive;
    List<String> said = run("-XX:+RecordDynamicDumpInfo", property).lines().toList();
    assertThat(said.size(), is(2));
    assertThat(said.get(1), containsString("program: cannot write " + archive));
    assertThat(run(property), containsString("program: cannot write " + archive));
  }
}
