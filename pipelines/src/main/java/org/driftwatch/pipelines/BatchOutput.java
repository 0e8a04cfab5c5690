package org.driftwatch.pipelines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.driftwatch.pipelines.publish.KeepRejected;

/**
 * Where a batch's summaries go: the terminal, a file or a topic. A file is there when it is whole;
 * until then what is written has other names beside it.
 *
 * @param text as the user gave it
 * @param topic the topic that it names
 */
record BatchOutput(String text, Optional<Topic> topic) {
  private static final String TO_KAFKA = "kafka:";

  /**
   * A topic.
   *
   * @param servers bootstrap servers, if the output names them
   */
  record Topic(Optional<String> servers, String name) {}

  /**
   * Reads an output.
   *
   * @throws UsageException if it cannot be written to
   */
  static BatchOutput of(String text, boolean hasWindows) {
    if (!text.startsWith(TO_KAFKA)) {
      checkFolder("--output", text);
      return new BatchOutput(text, Optional.empty());
    }
    String rest = text.substring(TO_KAFKA.length());
    int slash = rest.lastIndexOf('/');
    String name = rest.substring(slash + 1);
    if (name.isEmpty()) {
      throw new UsageException(
          "--output=" + text + ", expected kafka:TOPIC or kafka:HOST:PORT/TOPIC");
    }
    if (!hasWindows) {
      throw new UsageException(
          "--output="
              + text
              + " takes a message for each window; give their length, such as --windows=5s");
    }
    return new BatchOutput(
        text,
        Optional.of(
            new Topic(slash < 0 ? Optional.empty() : Optional.of(rest.substring(0, slash)), name)));
  }

  private static void checkFolder(String option, String file) {
    if (file.isEmpty()) {
      return;
    }
    Path path = Path.of(file).toAbsolutePath();
    if (Files.isDirectory(path)) {
      throw new UsageException(option + "=" + file + " is a folder, expected a file");
    }
    Path folder = path.getParent();
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          option + "=" + file + ": the folder " + folder + " does not exist; create it first");
    }
    if (!Files.isWritable(folder)) {
      throw new UsageException(option + "=" + file + ": cannot write to the folder " + folder);
    }
  }

  /** Makes room for what is written. */
  Place open(Optional<String> rejected) throws IOException {
    rejected.ifPresent(file -> checkFolder("--rejected", file));
    return new Place(
        this, rejected.filter(file -> !file.isEmpty()).map(Path::of).map(Path::toAbsolutePath));
  }

  /** Where the summaries are written until they are whole. */
  static final class Place implements AutoCloseable {
    private final BatchOutput output;
    private final Optional<Path> rejectedTo;
    private final String mark = ".part-" + UUID.randomUUID();
    private final Optional<Path> target;
    private final Path file;
    private final Thread cleanUp = new Thread(this::delete, "delete parts");

    Place(BatchOutput output, Optional<Path> rejectedTo) throws IOException {
      this.output = output;
      this.rejectedTo = rejectedTo;
      boolean isFile = output.topic.isEmpty() && !output.text.isEmpty();
      target = isFile ? Optional.of(Path.of(output.text).toAbsolutePath()) : Optional.empty();
      file =
          target
              .map(path -> path.resolveSibling(path.getFileName() + mark))
              .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "driftwatch" + mark));
      Runtime.getRuntime().addShutdownHook(cleanUp);
    }

    /** Takes the summaries. */
    Path file() {
      return file;
    }

    /** How the names of the files begin that take malformed records. */
    Optional<Path> rejected() {
      return rejectedTo.map(path -> path.resolveSibling(path.getFileName() + mark));
    }

    /**
     * Puts what was written where the user wants it.
     *
     * @throws FailureException if another machine has written it
     */
    void complete() throws IOException {
      if (rejectedTo.isPresent()) {
        KeepRejected.join(rejected().get(), rejectedTo.get());
      }
      if (output.topic.isPresent()) {
        return;
      }
      if (!Files.exists(file)) {
        throw new FailureException(
            "the summaries were written by another machine, to "
                + file
                + " there; name an --output that all machines share, or kafka:TOPIC",
            null);
      }
      if (target.isEmpty()) {
        Files.copy(file, System.out);
        System.out.flush();
      } else if (Files.exists(target.get()) && !Files.isRegularFile(target.get())) {
        Files.write(target.get(), Files.readAllBytes(file));
      } else {
        Files.move(file, target.get(), StandardCopyOption.REPLACE_EXISTING);
      }
    }

    @Override
    public void close() {
      delete();
      try {
        Runtime.getRuntime().removeShutdownHook(cleanUp);
      } catch (IllegalStateException e) {
        // It runs already.
      }
    }

    private void delete() {
      try {
        Files.deleteIfExists(file);
        if (rejectedTo.isPresent()) {
          KeepRejected.delete(rejected().get());
        }
      } catch (IOException e) {
        System.err.println("batch: cannot delete " + file + ": " + e.getMessage());
      }
    }
  }
}
