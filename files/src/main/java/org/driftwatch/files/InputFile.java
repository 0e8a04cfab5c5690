package org.driftwatch.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.function.Consumer;

/**
 * A file of detector data, on this machine or another; {@link InputFiles} finds it. It can be sent
 * to other machines and opened there, by several threads at once: it holds neither a connection nor
 * credentials. Credentials come from the environment of the machine that opens it.
 *
 * <pre>{@code
 * for (InputFile file : InputFiles.find(List.of("s3://lab/run-7/"), access, log::info)) {
 *   try (InputStream in = file.content(log::info)) {
 *     ...
 *   } catch (IOException e) {
 *     throw SourceFault.at(file.name(), e);
 *   }
 * }
 * }</pre>
 */
public interface InputFile extends Serializable {
  /** A size that is not known. */
  long UNKNOWN = -1;

  /** The name as the user knows it. */
  String name();

  /** Bytes as they lie, compressed or not, or {@link #UNKNOWN}. */
  long size();

  /**
   * What changes with the content: the ETag of an object, else the time of the last change. Empty
   * if it is not known, or if any version will do.
   */
  String version();

  /**
   * True if parts of it can be read independently: its size is known, it is not compressed, and its
   * server answers requests for ranges.
   */
  boolean isSplittable();

  /**
   * Opens it at a byte. The stream ends with the file. If {@link #version} is known, only content
   * of that version is read: if the file has changed, opening, reading or closing fails. So close
   * the stream before what was read is taken for good. It is used by one thread at a time.
   *
   * @param from the first byte to read, 0 to the size; of a compressed file, a compressed byte
   * @param lines takes a line for each request that failed and is sent again; from any thread
   * @throws IOException here or from the stream, with a clause that says what is wrong; {@link
   *     SourceFault#at} puts file and place in front
   */
  InputStream open(long from, Consumer<String> lines) throws IOException;

  /** Opens it at its beginning, decompressed; otherwise as {@link #open}. */
  default InputStream content(Consumer<String> lines) throws IOException {
    InputStream in = open(0, lines);
    return isGzip() ? new GzipStream(in) : in;
  }

  /** How the content is laid out. */
  default FileLayout layout() {
    return FileLayout.of(name());
  }

  /** True if it is compressed. */
  default boolean isGzip() {
    return FileLayout.isGzip(name());
  }
}
