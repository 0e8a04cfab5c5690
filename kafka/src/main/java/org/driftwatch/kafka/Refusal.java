package org.driftwatch.kafka;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** What Kafka's refusals mean, in words for a user. */
final class Refusal {
  private static final String RIGHTS =
      "; have its administrator grant what docs/security.md lists for this program";

  private Refusal() {}

  /**
   * What was refused, why, and what to do; empty where the failure is no refusal.
   *
   * @param file what the client properties are called
   * @param topic what it was about, where Kafka does not say; empty where it was about none
   */
  static Optional<String> explain(Throwable failure, String file, String topic) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
      String reason = reason(cause, file, topic);
      if (reason != null) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }

  private static String reason(Throwable e, String file, String topic) {
    if (e instanceof SslAuthenticationException) {
      return tls(e, file);
    } else if (e instanceof SaslAuthenticationException) {
      return "refuses user or password (" + oneLine(e) + "); check sasl.jaas.config in " + file;
    } else if (e instanceof UnsupportedSaslMechanismException
        || e instanceof IllegalSaslStateException) {
      return "logs in otherwise ("
          + oneLine(e)
          + "); check security.protocol and sasl.mechanism in "
          + file
          + ", and the port";
    } else if (e instanceof AuthenticationException) {
      return "refuses the login (" + oneLine(e) + "); check " + file;
    } else if (e instanceof TopicAuthorizationException refused) {
      Set<String> topics = refused.unauthorizedTopics();
      return "does not give its user the right to topic "
          + (topics.isEmpty() ? topic : String.join(", ", topics))
          + " ("
          + oneLine(e)
          + ")"
          + RIGHTS;
    } else if (e instanceof GroupAuthorizationException group) {
      return "does not give its user the right to consumer group " + group.groupId() + RIGHTS;
    } else if (e instanceof ClusterAuthorizationException) {
      return "does not give its user the right to the cluster (" + oneLine(e) + ")" + RIGHTS;
    } else if (e instanceof AuthorizationException) {
      return "does not give its user the right (" + oneLine(e) + ")" + RIGHTS;
    } else if (e instanceof ConfigException
        || String.valueOf(e.getMessage()).startsWith("Failed to construct kafka")
        || String.valueOf(e.getMessage()).startsWith("Failed to create new KafkaAdminClient")) {
      return "cannot be asked: " + file + " cannot be used: " + causes(e);
    }
    return null;
  }

  private static String tls(Throwable e, String file) {
    String all = causes(e).toLowerCase(Locale.ROOT);
    String why = " (" + oneLine(innermost(e)) + ")";
    if (all.contains("path building failed")
        || all.contains("path does not chain")
        || all.contains("certpathvalidator")
        || all.contains("path validation")) {
      return "has a certificate that is not trusted"
          + why
          + "; name the authority that signed it with ssl.truststore.location in "
          + file;
    } else if (all.contains("subject alternative") || all.contains("no name matching")) {
      return "has a certificate for another host" + why + "; connect to it by the name in there";
    } else if (all.contains("unsupported or unrecognized ssl message")
        || all.contains("plaintext connection")) {
      return "does not speak TLS on this port"
          + why
          + "; check the port, and security.protocol in "
          + file;
    } else if (all.contains("received fatal alert")) {
      return "refuses this client's TLS"
          + why
          + "; check ssl.keystore.location, the client's own certificate, in "
          + file;
    }
    return "cannot be reached by TLS" + why + "; check the ssl properties in " + file;
  }

  private static Throwable innermost(Throwable e) {
    Throwable innermost = e;
    for (int depth = 0; innermost.getCause() != null && depth < 20; depth++) {
      innermost = innermost.getCause();
    }
    return innermost;
  }

  /** The messages of an exception and its causes, each once, outermost first. */
  private static String causes(Throwable e) {
    Set<String> messages = new LinkedHashSet<>();
    Throwable cause = e instanceof ConfigException || e.getCause() == null ? e : e.getCause();
    for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
      String message = oneLine(cause);
      boolean further = cause.getCause() != null;
      if (!(further && message.startsWith("Failed to create new"))
          && messages.stream().noneMatch(known -> known.contains(message))) {
        messages.add(message);
      }
    }
    return String.join(": ", messages);
  }

  private static String oneLine(Throwable e) {
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    } else if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + " may not be read";
    }
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    // What Kafka takes for a key of a login's settings may be a part of a password.
    String line =
        message.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("for key '.*'", "for a key");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
