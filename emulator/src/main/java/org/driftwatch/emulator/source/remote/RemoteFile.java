package org.driftwatch.emulator.source.remote;

import java.io.InputStream;
import java.util.function.Consumer;
import org.driftwatch.emulator.source.ByteSource;

/**
 * An object as a file to be played.
 *
 * @param object what is read
 * @param retries how often a request is tried again
 * @param lines takes a line for each try that failed; from any thread
 */
record RemoteFile(StoredObject object, Retries retries, Consumer<String> lines)
    implements ByteSource {
  @Override
  public String name() {
    return object.name();
  }

  @Override
  public InputStream open() {
    return new ObjectStream(new ObjectReader(object, retries, lines));
  }
}
