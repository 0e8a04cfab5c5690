package org.driftwatch.files.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/** An object of a store, read over any number of requests. */
interface StoredObject extends Serializable {
  /** What is not known of a body: its end or the object's size. */
  long UNKNOWN = -1;

  /** The name as the user knows it. */
  String name();

  /** The name whose ending says what it holds. */
  String path();

  /**
   * Asks for some of the content.
   *
   * @param from first byte wanted
   * @param count bytes wanted; the answer may hold more
   * @param version the version that earlier parts are of, empty for any
   * @throws Changed if there is no such version any more
   * @throws org.driftwatch.files.SourceFault if another try would fail too
   * @throws IOException if the request failed
   */
  Body open(long from, long count, String version) throws IOException;

  /**
   * An answer.
   *
   * @param in the content; closed by the caller
   * @param from the object's byte that it begins with
   * @param end the byte after its last, or {@link #UNKNOWN}
   * @param size bytes of the whole object, or {@link #UNKNOWN}
   * @param version what changes with the object's content; empty if the store names none
   * @param abort gives the connection up; from any thread
   */
  record Body(InputStream in, long from, long end, long size, String version, Runnable abort) {}

  /** The object is not what it was; the message says how it differs. */
  final class Changed extends IOException {
    Changed(String how) {
      super(how);
    }
  }
}
