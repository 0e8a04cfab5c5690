package org.driftwatch.emulator.source;

import java.io.IOException;
import java.io.InputStream;

/** Something with a name that can be read from its beginning, as often as wanted: a file. */
public interface ByteSource {
  /** The name as the user knows it; its ending says how the content is laid out. */
  String name();

  /** Opens it; the caller closes the stream. */
  InputStream open() throws IOException;
}
