package org.driftwatch.files.remote;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 server (S3Proxy) in a JVM of its own, with everything in its memory. */
public final class S3Server implements AutoCloseable {
  public static final String KEY = "driftwatch";
  public static final String SECRET = "drift-tube";

  private final Process process;
  private final URI endpoint;
  private final S3Client client;

  private S3Server(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
    client =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /**
   * Starts one.
   *
   * @param open true to serve everybody without credentials
   */
  public static S3Server start(Path folder, boolean open) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    Path properties =
        Files.writeString(
            Files.createTempFile(folder, "s3proxy", ".properties"),
            String.join(
                "\n",
                "s3proxy.endpoint=" + endpoint,
                "s3proxy.authorization=" + (open ? "none" : "aws-v4"),
                "s3proxy.identity=" + KEY,
                "s3proxy.credential=" + SECRET,
                "jclouds.provider=transient-nio2",
                "jclouds.endpoint=file:///"));
    Path log = Files.createTempFile(folder, "s3proxy", ".log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("driftwatch.s3proxy"),
                "--properties",
                properties.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    S3Server server = new S3Server(process, endpoint);
    Awaitility.await("S3Proxy")
        .atMost(Duration.ofSeconds(60))
        .until(() -> !process.isAlive() || isUp(endpoint));
    if (!process.isAlive()) {
      throw new AssertionError("S3Proxy has ended: " + Files.readString(log));
    }
    return server;
  }

  private static boolean isUp(URI endpoint) {
    try {
      return ((HttpURLConnection) endpoint.toURL().openConnection()).getResponseCode() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  public void createBucket(String bucket) {
    client.createBucket(b -> b.bucket(bucket));
  }

  public void put(String bucket, String key, byte[] content) {
    client.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromBytes(content));
  }

  public void put(String bucket, Map<String, byte[]> objects) {
    objects.forEach((key, content) -> put(bucket, key, content));
  }

  public void delete(String bucket, String key) {
    client.deleteObject(b -> b.bucket(bucket).key(key));
  }

  @Override
  public void close() {
    client.close();
    process.destroyForcibly();
  }
}
