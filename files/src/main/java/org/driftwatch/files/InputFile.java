package org.driftwatch.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.function.Consumer;

/**
 * A file of detector data, on this machine or another; {@link InputFiles} finds it. It may be sent
 * to other machines and read there, by several threads at once: it holds no connection and no
 * credentials. Whoever opens an object of a store takes the credentials from the own environment.
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
   * What changes with the content: the tag that a store gives it, else the time of the last change.
   * Empty where it is not known, and where any version will do.
   */
  String version();

  /**
   * True if parts of it can be read apart from the rest: the size is known, it is not compressed,
   * and whoever holds it begins at any byte.
   */
  boolean isSplittable();

  /**
   * Opens it at a byte. The stream ends with the file. If {@link #version} is known, the content is
   * of that version, and a file that has changed meanwhile is a failure: of a request for the next
   * part, of reading the end, or of closing. Only one thread at a time may use the stream.
   *
   * @param from the first byte to read, from 0 to the size
   * @param lines takes a line for each try that failed and is repeated; from any thread
   * @throws IOException here or from the stream, with a clause that says what is wrong; {@link
   *     SourceFault#at} puts the place in front
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
