package org.driftwatch.files.remote;

import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How files of other machines are reached. It travels with them; credentials do not.
 *
 * @param s3Endpoint address of the S3 store; empty for the one of the environment, or Amazon's
 * @param s3Region region to sign for; empty for the one of the environment, or us-east-1
 * @param s3Anonymous true to send requests without a signature
 * @param caFile PEM file of certificates to trust beside those that a machine knows, at the same
 *     path of every machine that reads
 * @param allowHttp true if addresses of other machines may be http://
 */
public record RemoteAccess(
    Optional<URI> s3Endpoint,
    Optional<String> s3Region,
    boolean s3Anonymous,
    Optional<Path> caFile,
    boolean allowHttp)
    implements Serializable {
  /** The defaults. */
  public static final RemoteAccess DEFAULT =
      new RemoteAccess(Optional.empty(), Optional.empty(), false, Optional.empty(), false);

  private Object writeReplace() {
    return new Travelling(
        s3Endpoint.map(URI::toString).orElse(""),
        s3Region.orElse(""),
        s3Anonymous,
        caFile.map(file -> file.toAbsolutePath().toString()).orElse(""),
        allowHttp);
  }

  /** The settings as they travel: neither Optional nor Path does. */
  private record Travelling(
      String s3Endpoint, String s3Region, boolean s3Anonymous, String caFile, boolean allowHttp)
      implements Serializable {
    private Object readResolve() {
      return new RemoteAccess(
          given(s3Endpoint).map(URI::create),
          given(s3Region),
          s3Anonymous,
          given(caFile).map(Path::of),
          allowHttp);
    }

    private static Optional<String> given(String text) {
      return Optional.of(text).filter(given -> !given.isEmpty());
    }
  }
}
