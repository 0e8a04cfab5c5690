package org.driftwatch.pipelines.publish;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.pipelines.parse.RejectedRecord;

/**
 * Writes the malformed records of a batch into files, as JSON, one a line: whoever works on some of
 * them has a file of its own, and {@link #join} makes one of all.
 *
 * <pre>
 * {"file": "run-7.csv", "byte": 4096, "reason": "5 fields, expected 6: ...", "text": "2,0,5,1,1"}
 * </pre>
 *
 * <p>What is no text is {@code "base64"} in place of {@code "text"}.
 */
public final class KeepRejected extends PTransform<PCollection<RejectedRecord>, PDone> {
  private static final long serialVersionUID = 1;

  /** Stands in the names of files of bundles that may still fail, and be repeated. */
  private static final String OPEN = ".open-";

  private static final String DONE = ".done-";

  private final String prefix;

  /** A writing to files whose names begin so. */
  public KeepRejected(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public PDone expand(PCollection<RejectedRecord> rejected) {
    rejected.apply("Log the first", new LogRejected());
    rejected.apply("Write", ParDo.of(new WriteFn(prefix)));
    return PDone.in(rejected.getPipeline());
  }

  private static final class WriteFn extends DoFn<RejectedRecord, Void> {
    private static final long serialVersionUID = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String prefix;
    private transient @Nullable OutputStream out;
    private transient String file;

    WriteFn(String prefix) {
      this.prefix = prefix;
    }

    @StartBundle
    public void start() {
      out = null;
    }

    @ProcessElement
    public void write(@Element RejectedRecord rejected) throws IOException {
      ObjectNode json =
          JSON.createObjectNode()
              .put("file", rejected.topic())
              .put("byte", rejected.offset())
              .put("reason", rejected.reason());
      try {
        json.put(
            "text",
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(rejected.bytes()))
                .toString());
      } catch (CharacterCodingException e) {
        json.put("base64", rejected.bytes());
      }
      try {
        if (out == null) {
          file = UUID.randomUUID().toString();
          out = new BufferedOutputStream(Files.newOutputStream(Path.of(prefix + OPEN + file)));
        }
        out.write(JSON.writeValueAsBytes(json));
        out.write('\n');
      } catch (IOException e) {
        throw cannotBeWritten(e);
      }
    }

    /** What a bundle writes counts once it has ended. */
    @FinishBundle
    public void finish() throws IOException {
      if (out != null) {
        try {
          out.close();
          Files.move(Path.of(prefix + OPEN + file), Path.of(prefix + DONE + file));
        } catch (IOException e) {
          throw cannotBeWritten(e);
        }
      }
    }

    private IOException cannotBeWritten(IOException e) {
      return new IOException(prefix + "... cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Makes one file of those written, which are deleted.
   *
   * @param prefix how their names begin
   * @param file the file; replaced if it exists
   */
  public static void join(Path prefix, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (Path part : parts(prefix, DONE)) {
        Files.copy(part, out);
      }
    }
    delete(prefix);
  }

  /** Deletes what was written. */
  public static void delete(Path prefix) throws IOException {
    for (Path part : parts(prefix, "")) {
      Files.deleteIfExists(part);
    }
  }

  private static List<Path> parts(Path prefix, String kind) throws IOException {
    List<Path> parts = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(
            prefix.toAbsolutePath().getParent(), prefix.getFileName() + kind + "*")) {
      found.forEach(parts::add);
    }
    Collections.sort(parts);
    return parts;
  }
}
