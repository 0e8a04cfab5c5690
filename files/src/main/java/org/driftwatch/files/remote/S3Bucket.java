package org.driftwatch.files.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import org.driftwatch.files.InputFile;
import org.driftwatch.files.Listing;
import org.driftwatch.files.SourceFault;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
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
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects of a bucket on any store that speaks S3. Buckets are addressed by path, which every store
 * understands. Requests are retried here and not in the SDK, so that each try is reported.
 */
public final class S3Bucket {
  static final String SCHEME = "s3://";
  private static final Pattern ADDRESS = Pattern.compile(SCHEME + "([^/]+)(?:/(.*))?");
  private static final int ELSEWHERE = 301;

  private static final Map<RemoteAccess, S3Client> CLIENTS = new HashMap<>();

  private S3Bucket() {}

  /** True if a source's name is an address of this kind. */
  public static boolean isAddress(String name) {
    return name.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /**
   * The objects at an address, in name order: the one of this very name, or all whose names begin
   * so.
   *
   * @param name {@code s3://bucket/prefix}
   * @param asTheyAre true to read the objects as they are now, false as they are when opened
   * @param lines takes a line about objects skipped and tries that failed; from any thread
   * @throws IOException if there are none or they may not be read, with one line that says so
   */
  public static List<InputFile> find(
      String name, RemoteAccess access, boolean asTheyAre, Consumer<String> lines)
      throws IOException {
    Matcher parts = ADDRESS.matcher(SCHEME + name.substring(SCHEME.length()));
    if (!parts.matches()) {
      throw new IOException("source " + name + ": expected s3://BUCKET/PREFIX");
    }
    String bucket = parts.group(1);
    String prefix = Objects.requireNonNullElse(parts.group(2), "");
    RemoteAccess store = connect(access);
    Map<String, S3Object> objects =
        Retries.STANDARD.send(name, lines, () -> objects(client(store), bucket, prefix));
    List<InputFile> files = new ArrayList<>();
    for (String key : choose(name, prefix, objects.keySet(), lines)) {
      BucketObject object = new BucketObject(store, bucket, key);
      files.add(
          asTheyAre ? asItIs(object, objects.get(key), lines) : RemoteFile.anyVersion(object));
    }
    return files;
  }

  private static List<String> choose(
      String name, String prefix, Set<String> keys, Consumer<String> lines) throws IOException {
    if (keys.isEmpty()) {
      throw new IOException(
          "source " + name + ": the bucket has no object whose name starts like this");
    }
    return keys.contains(prefix) ? List.of(prefix) : Listing.choose(name, List.copyOf(keys), lines);
  }

  private static InputFile asItIs(BucketObject object, S3Object listed, Consumer<String> lines)
      throws IOException {
    return listed.eTag() == null || listed.size() == null
        ? RemoteFile.asItIs(object, lines)
        : new RemoteFile(object, listed.size(), Versions.of(listed.eTag(), null), true);
  }

  /** Access to the store that this machine's environment means where the user names none. */
  private static RemoteAccess connect(RemoteAccess access) throws IOException {
    S3Client client = client(access);
    var configuration = client.serviceClientConfiguration();
    RemoteAccess store =
        new RemoteAccess(
            configuration.endpointOverride(),
            Optional.of(configuration.region().id()),
            access.s3Anonymous(),
            access.caFile(),
            access.allowHttp());
    synchronized (S3Bucket.class) {
      CLIENTS.putIfAbsent(store, client);
    }
    return store;
  }

  /** The client of this process for such access, safe for several threads; never closed. */
  static synchronized S3Client client(RemoteAccess access) throws IOException {
    S3Client known = CLIENTS.get(access);
    if (known == null) {
      known = newClient(access);
      CLIENTS.put(access, known);
    }
    return known;
  }

  private static S3Client newClient(RemoteAccess access) throws IOException {
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
        throw new SourceFault("the S3 store's address " + fault.get());
      }
      return client;
    } catch (SdkException e) {
      throw new SourceFault("S3: " + e.getMessage(), e);
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

  private static Map<String, S3Object> objects(S3Client client, String bucket, String prefix)
      throws IOException {
    try {
      return client.listObjectsV2Paginator(b -> b.bucket(bucket).prefix(prefix)).contents().stream()
          // Some tools leave an empty object where a folder would be.
          .filter(object -> !object.key().endsWith("/"))
          .collect(Collectors.toMap(S3Object::key, Function.identity(), (first, again) -> first));
    } catch (SdkException e) {
      throw refusal(e);
    }
  }

  /** What a failure of the SDK means, as one of a stream. */
  static IOException refusal(SdkException failure) {
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
                    .map(region -> ": " + OptionNames.S3_REGION + " " + region)
                    .orElse("; name it with " + OptionNames.S3_REGION));
      }
      return Trouble.ofStatus(
          answer.statusCode(),
          details.stream()
              .flatMap(d -> Stream.of(d.errorCode(), d.errorMessage()))
              .filter(Objects::nonNull)
              .collect(Collectors.joining(", ")),
          "check the credentials, or " + OptionNames.S3_ANONYMOUS + " for a public bucket");
    }
    String message = String.valueOf(failure.getMessage());
    if (message.contains("Unable to load credentials")) {
      return new Trouble(
          Trouble.Kind.FINAL,
          "there are no S3 credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write"
              + " them to ~/.aws/credentials, or "
              + OptionNames.S3_ANONYMOUS
              + " for a public bucket");
    }
    return Trouble.ofConnection(failure);
  }
}
