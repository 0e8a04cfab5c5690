package org.driftwatch.files.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority that nobody knows, with certificates for servers and their clients; made
 * by keytool.
 */
public final class PrivateAuthority {
  /** Common name of the servers. */
  public static final String SERVER = "Test server";

  /** Begins as the other passwords of tests: one that has leaked is found. */
  private static final String PASSWORD = "hunter2-keys";

  private static final String LOOPBACK = "san=ip:127.0.0.1,dns:localhost";

  private static PrivateAuthority shared;

  private final Path folder;
  private final Map<String, SSLContext> contexts = new HashMap<>();

  private PrivateAuthority(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test authority", "-ext", "bc:c");
    keytool("-exportcert", "-alias", "ca", "-rfc", "-file", "ca.pem");
    keytool("-genkeypair", "-alias", "server", "-dname", "CN=" + SERVER);
    keytool("-certreq", "-alias", "server", "-file", "server.csr");
  }

  /** The one of this JVM: making keys takes seconds. */
  public static synchronized PrivateAuthority shared() throws IOException, InterruptedException {
    if (shared == null) {
      shared = another();
    }
    return shared;
  }

  /** One that those who know {@link #shared} do not know. */
  public static PrivateAuthority another() throws IOException, InterruptedException {
    return new PrivateAuthority(Files.createTempDirectory(Path.of("target"), "authority"));
  }

  /** The authority's certificate. */
  public Path pem() {
    return folder.resolve("ca.pem").toAbsolutePath();
  }

  /** A store with the key of a server on this machine and its certificate, PKCS12. */
  public Path serverKeys() throws Exception {
    return stored("valid", "-ext", LOOPBACK);
  }

  /** A store with a key and a certificate of this common name, PKCS12. */
  public Path clientKeys(String name) throws Exception {
    return stored("client-" + name, "-dname", "CN=" + name);
  }

  private Path stored(String name, String... options) throws Exception {
    Path store = folder.resolve(name + ".p12").toAbsolutePath();
    try (OutputStream out = Files.newOutputStream(store)) {
      keys(name, options).store(out, PASSWORD.toCharArray());
    }
    return store;
  }

  /** The password of the stores and of the keys in them. */
  public static String password() {
    return PASSWORD;
  }

  /** TLS with a certificate that is in order. */
  public SSLContext valid() throws Exception {
    return context("valid", "-ext", LOOPBACK);
  }

  /** TLS with a certificate that has expired. */
  public SSLContext expired() throws Exception {
    return context("expired", "-ext", LOOPBACK, "-startdate", "-10d", "-validity", "5");
  }

  /** TLS with a certificate for another host. */
  public SSLContext forAnotherHost() throws Exception {
    return context("elsewhere", "-ext", "san=dns:elsewhere.example");
  }

  private synchronized SSLContext context(String name, String... options) throws Exception {
    if (!contexts.containsKey(name)) {
      contexts.put(name, make(name, options));
    }
    return contexts.get(name);
  }

  private SSLContext make(String name, String... options) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys(name, options), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private KeyStore keys(String name, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("-gencert", "-alias", "ca", "-infile", "server.csr", "-outfile", name));
    command.addAll(List.of(options));
    keytool(command.toArray(String[]::new));
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      all.load(in, PASSWORD.toCharArray());
    }
    Certificate[] chain = {
      certificate(Files.readAllBytes(folder.resolve(name))), all.getCertificate("ca")
    };
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        "server", all.getKey("server", PASSWORD.toCharArray()), PASSWORD.toCharArray(), chain);
    return own;
  }

  private static Certificate certificate(byte[] bytes) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(bytes));
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-keystore", "keys.p12"));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of(arguments));
    if (List.of(arguments).contains("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC", "-validity", "30"));
    }
    Path log = Files.createTempFile(folder, "keytool", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new AssertionError(Files.readString(log));
    }
  }
}
