package org.driftwatch.files.remote;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An object of a bucket.
 *
 * @param access how to reach its store
 * @param bucket the bucket's name
 * @param key its own name there
 */
record BucketObject(RemoteAccess access, String bucket, String key) implements StoredObject {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
  private static final int RANGE_BEYOND_END = 416;
  private static final int CHANGED = 412;

  @Override
  public String name() {
    return S3Bucket.SCHEME + bucket + "/" + key;
  }

  @Override
  public String path() {
    return key;
  }

  @Override
  public Body open(long from, long count, String version) throws IOException {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .range("bytes=" + from + "-" + (from + count - 1));
    if (Versions.isTag(version)) {
      request.ifMatch(version);
    }
    try {
      return body(S3Bucket.client(access).getObject(request.build()));
    } catch (S3Exception e) {
      if (e.statusCode() == RANGE_BEYOND_END && from == 0) {
        return new Body(new ByteArrayInputStream(new byte[0]), 0, 0, 0, version, () -> {});
      } else if (e.statusCode() == RANGE_BEYOND_END) {
        throw new Changed("it ends before this byte now");
      } else if (e.statusCode() == CHANGED) {
        throw new Changed("was version " + version);
      }
      throw S3Bucket.refusal(e);
    } catch (SdkException e) {
      throw S3Bucket.refusal(e);
    }
  }

  private static Body body(ResponseInputStream<GetObjectResponse> in) {
    GetObjectResponse answer = in.response();
    String version =
        Versions.of(
            answer.eTag(), answer.lastModified() == null ? null : answer.lastModified().toString());
    Matcher part = RANGE.matcher(String.valueOf(answer.contentRange()));
    if (part.matches()) {
      return new Body(
          new Content(in),
          Long.parseLong(part.group(1)),
          Long.parseLong(part.group(2)) + 1,
          Long.parseLong(part.group(3)),
          version,
          in::abort);
    }
    // A store that knows no ranges.
    long size = Objects.requireNonNullElse(answer.contentLength(), UNKNOWN);
    return new Body(new Content(in), 0, size, size, version, in::abort);
  }

  /** The SDK's stream, whose failures are not all of the kind that a stream has. */
  private static final class Content extends FilterInputStream {
    Content(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (SdkException e) {
        throw S3Bucket.refusal(e);
      }
    }
  }
}
