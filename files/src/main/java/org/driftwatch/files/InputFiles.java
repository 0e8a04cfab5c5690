package org.driftwatch.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.driftwatch.files.remote.RemoteAccess;
import org.driftwatch.files.remote.S3Bucket;
import org.driftwatch.files.remote.WebContainer;

/**
 * Finds the files that places stand for. A place is a file, a folder, a glob, {@code
 * s3://BUCKET/PREFIX} or {@code https://HOST/CONTAINER/}. Blanks and commas are part of a name. The
 * files come in the order of the places, those of one place in name order.
 */
public final class InputFiles {
  private InputFiles() {}

  /**
   * The files of these places as they are now, each with its size and version: reading one that has
   * changed since fails. Sends a request for each object of a web server.
   *
   * @param access how to reach files of other machines
   * @param lines takes a line about files skipped and about connections that broke; from any thread
   * @throws IOException if a place stands for no file, or for one that may not be read, with one
   *     line that says so
   */
  public static List<InputFile> find(
      List<String> places, RemoteAccess access, Consumer<String> lines) throws IOException {
    return find(places, access, true, lines);
  }

  /** As {@link #find}, but the files are read as they are when they are opened. */
  public static List<InputFile> findAnyVersion(
      List<String> places, RemoteAccess access, Consumer<String> lines) throws IOException {
    return find(places, access, false, lines);
  }

  private static List<InputFile> find(
      List<String> places, RemoteAccess access, boolean asTheyAre, Consumer<String> lines)
      throws IOException {
    List<InputFile> files = new ArrayList<>();
    for (String place : places) {
      if (S3Bucket.isAddress(place)) {
        files.addAll(S3Bucket.find(place, access, asTheyAre, lines));
      } else if (WebContainer.isAddress(place)) {
        files.addAll(WebContainer.find(place, access, asTheyAre, lines));
      } else {
        files.addAll(LocalFiles.find(place, asTheyAre, lines));
      }
    }
    return files;
  }
}
