package org.driftwatch.files.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.driftwatch.files.SourceFault;

/**
 * What a failed request means, in words.
 *
 * @param kind whether a further try may mend it
 * @param text a clause without the object's name
 */
record Trouble(Kind kind, String text) {
  enum Kind {
    /** A further try finds the same. */
    FINAL,
    /** The other machine cannot be reached: it may recover, or the name is wrong. */
    UNREACHABLE,
    /** A connection that broke, or a server that is busy. */
    PASSING
  }

  /** What an exception means. */
  static Trouble of(IOException failure) {
    if (failure instanceof SourceFault) {
      return new Trouble(Kind.FINAL, failure.getMessage());
    }
    if (failure instanceof Refusal refusal) {
      return refusal.trouble();
    }
    return ofConnection(failure);
  }

  /** What a failure of the connection means, from its innermost known cause. */
  static Trouble ofConnection(Throwable failure) {
    Trouble known = new Trouble(Kind.PASSING, "the connection broke (" + message(failure) + ")");
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return certificate("has expired (" + message(cause) + ")");
      } else if (cause instanceof CertificateNotYetValidException) {
        return certificate("is not valid yet (" + message(cause) + ")");
      } else if (cause instanceof CertPathBuilderException) {
        return certificate(
            "is of an authority that this machine does not know; if you trust it, give the"
                + " authority's own certificate with "
                + OptionNames.CA_FILE);
      } else if (cause instanceof CertificateException) {
        known = certificate("is not accepted (" + message(cause) + ")");
      } else if (cause instanceof SSLHandshakeException) {
        known = new Trouble(Kind.FINAL, "the TLS handshake failed (" + message(cause) + ")");
      } else if (cause instanceof SSLException
          && String.valueOf(cause.getMessage()).contains("Unsupported or unrecognized")) {
        known = new Trouble(Kind.FINAL, "the server does not speak TLS (https) on this port");
      } else if (cause instanceof UnknownHostException) {
        known = new Trouble(Kind.UNREACHABLE, "the host " + cause.getMessage() + " is unknown");
      } else if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
        known =
            new Trouble(Kind.UNREACHABLE, "the server cannot be reached (" + message(cause) + ")");
      } else if (cause instanceof SocketTimeoutException) {
        boolean connecting = String.valueOf(cause.getMessage()).startsWith("Connect");
        known =
            new Trouble(
                Kind.UNREACHABLE,
                connecting
                    ? "the server cannot be reached (no answer)"
                    : "the server stopped sending");
      }
    }
    return known;
  }

  private static Trouble certificate(String what) {
    return new Trouble(Kind.FINAL, "the server's certificate " + what);
  }

  /**
   * What the status of an answer means that brings no content.
   *
   * @param detail what the server says itself; may be empty
   * @param advice what to do if it is not permitted
   */
  static Trouble ofStatus(int status, String detail, String advice) {
    String said = detail.isEmpty() ? " (" + status + ")" : " (" + status + ": " + detail + ")";
    if (status == 404 || status == 410) {
      return new Trouble(Kind.FINAL, "it does not exist" + said);
    }
    if (status == 401 || status == 403) {
      return new Trouble(Kind.FINAL, "it may not be read" + said + "; " + advice);
    }
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return new Trouble(Kind.PASSING, "the server cannot answer" + said);
    }
    return new Trouble(Kind.FINAL, "the server refuses the request" + said);
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** An answer that brings no content. */
  static final class Refusal extends IOException {
    private final transient Trouble trouble;

    Refusal(Trouble trouble) {
      super(trouble.text());
      this.trouble = trouble;
    }

    Refusal(Trouble trouble, Throwable cause) {
      super(trouble.text(), cause);
      this.trouble = trouble;
    }

    Trouble trouble() {
      return trouble;
    }
  }
}
