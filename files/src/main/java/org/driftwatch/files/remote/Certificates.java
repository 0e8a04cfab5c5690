package org.driftwatch.files.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.driftwatch.files.SourceFault;

/**
 * The authorities that may sign servers' certificates: those of this machine and the user's own.
 */
final class Certificates {
  private Certificates() {}

  /**
   * What this JVM trusts, and the certificates of a file.
   *
   * @param pem one or several certificates, PEM
   * @throws IOException if the file holds none, with one line that says so
   */
  static TrustManager[] trusting(Path pem) throws IOException {
    try {
      KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
      known.load(null, null);
      int n = 0;
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager x509) {
          for (Certificate certificate : x509.getAcceptedIssuers()) {
            known.setCertificateEntry("known-" + n++, certificate);
          }
        }
      }
      for (Certificate certificate : read(pem)) {
        known.setCertificateEntry("given-" + n++, certificate);
      }
      return managers(known);
    } catch (GeneralSecurityException e) {
      throw new SourceFault(
          "the file of certificates " + pem + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Sockets that hold servers' certificates against these. */
  static SSLSocketFactory sockets(TrustManager[] managers) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new SourceFault("TLS is not available: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static Collection<? extends Certificate> read(Path pem) throws IOException {
    Collection<? extends Certificate> certificates;
    try (InputStream in = Files.newInputStream(pem)) {
      certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (NoSuchFileException e) {
      throw new SourceFault(
          "the file of certificates " + pem + " does not exist on this machine", e);
    } catch (CertificateException e) {
      throw new SourceFault(
          "the file of certificates "
              + pem
              + " is not a PEM file of certificates: "
              + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new SourceFault("the file of certificates " + pem + " cannot be read: " + e, e);
    }
    if (certificates.isEmpty()) {
      throw new SourceFault(
          "the file of certificates " + pem + " holds no certificate, expected PEM");
    }
    return certificates;
  }
}
