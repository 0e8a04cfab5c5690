package org.driftwatch.emulator.source.remote;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the sources of other machines are reached.
 *
 * @param s3Endpoint address of the S3 store; empty for the one of the environment, or Amazon's
 * @param s3Region region to sign for; empty for the one of the environment, or us-east-1
 * @param s3Anonymous true to send requests without a signature
 * @param caFile PEM file of certificates to trust beside those that this machine knows
 * @param allowHttp true if addresses of other machines may be http://
 */
public record RemoteAccess(
    Optional<URI> s3Endpoint,
    Optional<String> s3Region,
    boolean s3Anonymous,
    Optional<Path> caFile,
    boolean allowHttp) {
  /** The defaults. */
  public static final RemoteAccess DEFAULT =
      new RemoteAccess(Optional.empty(), Optional.empty(), false, Optional.empty(), false);
}
