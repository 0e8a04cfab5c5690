package org.driftwatch.emulator.source.remote;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import org.driftwatch.emulator.source.ByteSource;
import org.driftwatch.emulator.source.Listing;
import org.driftwatch.emulator.source.SourceFault;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects of a bucket on any store that speaks S3. Buckets are addressed by path, which every store
 * understands. Requests are retried here and not in the SDK, so that each try is reported.
 */
public final class S3Bucket {
  private static final String SCHEME = "s3://";
  private static final Pattern ADDRESS = Pattern.compile(SCHEME + "([^/]+)(?:/(.*))?");
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
  private static final int RANGE_BEYOND_END = 416;
  private static final int CHANGED = 412;
  private static final int ELSEWHERE = 301;

  private final S3Client client;
  private final String bucket;

  private S3Bucket(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /** True if a source's name is an address of this kind. */
  public static boolean isAddress(String name) {
    return name.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /**
   * The objects at an address, in name order: the one of this very name, or all whose names begin
   * so.
   *
   * @param name {@code s3://bucket/prefix}
   * @param lines takes a line about objects skipped and tries that failed; from any thread
   * @throws IOException if there are none or they may not be read, with one line that says so
   */
  public static List<ByteSource> find(String name, RemoteAccess access, Consumer<String> lines)
      throws IOException {
    Matcher parts = ADDRESS.matcher(SCHEME + name.substring(SCHEME.length()));
    if (!parts.matches()) {
      throw new IOException("source " + name + ": expected s3://BUCKET/PREFIX");
    }
    S3Bucket bucket = new S3Bucket(client(access), parts.group(1));
    String prefix = Objects.requireNonNullElse(parts.group(2), "");
    Retries retries = Retries.STANDARD;
    List<String> keys = retries.send(name, lines, () -> bucket.keys(prefix));
    List<ByteSource> files = new ArrayList<>();
    for (String key : keys.contains(prefix) ? List.of(prefix) : choose(name, keys, lines)) {
      files.add(new RemoteFile(bucket.new Stored(key), retries, lines));
    }
    return files;
  }

  private static List<String> choose(String name, List<String> keys, Consumer<String> lines)
      throws IOException {
    if (keys.isEmpty()) {
      throw new IOException(
          "source " + name + ": the bucket has no object whose name starts like this");
    }
    return Listing.choose(name, keys, lines);
  }

  private static S3Client client(RemoteAccess access) throws IOException {
    UrlConnectionHttpClient.Builder http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofMillis(Web.CONNECT_MILLIS))
            .socketTimeout(Duration.ofMillis(Web.SILENCE_MILLIS));
    if (access.caFile().isPresent()) {
      TrustManager[] managers = Certificates.trusting(access.caFile().get());
      http.tlsTrustManagersProvider(() -> managers);
    }
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(http)
            .forcePathStyle(true)
            .region(Region.of(access.s3Region().orElseGet(S3Bucket::region)))
            // Other stores refuse the checksums that Amazon's asks for lately.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
    access.s3Endpoint().ifPresent(builder::endpointOverride);
    if (access.s3Anonymous()) {
      builder.credentialsProvider(AnonymousCredentialsProvider.create());
    }
    try {
      S3Client client = builder.build();
      var endpoint = client.serviceClientConfiguration().endpointOverride();
      var fault = endpoint.flatMap(e -> Addresses.fault(e.toString(), access.allowHttp()));
      if (fault.isPresent()) {
        throw new IOException("the S3 store's address " + fault.get());
      }
      return client;
    } catch (SdkException e) {
      throw new IOException("S3: " + e.getMessage(), e);
    }
  }

  private static String region() {
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
          .getRegion()
          .id();
    } catch (SdkClientException e) {
      // Stores other than Amazon's have no regions and take this one's signature.
      return Region.US_EAST_1.id();
    }
  }

  private List<String> keys(String prefix) throws IOException {
    try {
      return client.listObjectsV2Paginator(b -> b.bucket(bucket).prefix(prefix)).contents().stream()
          .map(S3Object::key)
          // Some tools leave an empty object where a folder would be.
          .filter(key -> !key.endsWith("/"))
          .toList();
    } catch (SdkException e) {
      throw refusal(e);
    }
  }

  private static IOException refusal(SdkException failure) {
    return new Trouble.Refusal(trouble(failure), failure);
  }

  private static Trouble trouble(SdkException failure) {
    if (failure instanceof S3Exception answer) {
      var details = Optional.ofNullable(answer.awsErrorDetails());
      if (answer.statusCode() == ELSEWHERE) {
        return new Trouble(
            Trouble.Kind.FINAL,
            "the bucket is in another region"
                + details
                    .flatMap(d -> Optional.ofNullable(d.sdkHttpResponse()))
                    .flatMap(r -> r.firstMatchingHeader("x-amz-bucket-region"))
                    .map(region -> ": --s3-region " + region)
                    .orElse("; name it with --s3-region"));
      }
      return Trouble.ofStatus(
          answer.statusCode(),
          details.map(d -> d.errorCode() + ", " + d.errorMessage()).orElse(""),
          "check the credentials, or --s3-anonymous for a public bucket");
    }
    String message = String.valueOf(failure.getMessage());
    if (message.contains("Unable to load credentials")) {
      return new Trouble(
          Trouble.Kind.FINAL,
          "there are no S3 credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write"
              + " them to ~/.aws/credentials, or --s3-anonymous for a public bucket");
    }
    return Trouble.ofConnection(failure);
  }

  /** An object of the bucket. */
  private final class Stored implements StoredObject {
    private final String key;

    Stored(String key) {
      this.key = key;
    }

    @Override
    public String name() {
      return SCHEME + bucket + "/" + key;
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
        return body(client.getObject(request.build()));
      } catch (S3Exception e) {
        if (e.statusCode() == RANGE_BEYOND_END && from == 0) {
          return new Body(new ByteArrayInputStream(new byte[0]), 0, 0, 0, version, () -> {});
        } else if (e.statusCode() == RANGE_BEYOND_END) {
          throw new SourceFault(
              "it has changed while it was read (it ends before this byte now)", e);
        } else if (e.statusCode() == CHANGED) {
          throw new SourceFault(
              "it has changed while it was read (was version " + version + ")", e);
        }
        throw refusal(e);
      } catch (SdkException e) {
        throw refusal(e);
      }
    }

    private Body body(ResponseInputStream<GetObjectResponse> in) {
      GetObjectResponse answer = in.response();
      String version =
          Versions.of(
              answer.eTag(),
              answer.lastModified() == null ? null : answer.lastModified().toString());
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
        throw refusal(e);
      }
    }
  }
}
