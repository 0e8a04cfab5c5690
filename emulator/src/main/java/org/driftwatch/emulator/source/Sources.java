package org.driftwatch.emulator.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.driftwatch.emulator.source.remote.RemoteAccess;
import org.driftwatch.emulator.source.remote.S3Bucket;
import org.driftwatch.emulator.source.remote.WebContainer;

/** Finds the files that the names given by the user stand for, wherever they lie. */
public final class Sources {
  private Sources() {}

  /**
   * The files of these names, in the order given.
   *
   * @param names files, folders, globs, {@code s3://} and {@code https://} addresses
   * @param access how to reach those of other machines
   * @param lines takes a line about files passed over and about connections that broke; from any
   *     thread
   * @throws IOException where a name stands for no file, with one line that says so
   */
  public static List<ByteSource> find(
      List<String> names, RemoteAccess access, Consumer<String> lines) throws IOException {
    List<ByteSource> files = new ArrayList<>();
    for (String name : names) {
      if (S3Bucket.isAddress(name)) {
        files.addAll(S3Bucket.find(name, access, lines));
      } else if (WebContainer.isAddress(name)) {
        files.addAll(WebContainer.find(name, access, lines));
      } else {
        files.addAll(LocalFiles.find(name, lines));
      }
    }
    return files;
  }
}
