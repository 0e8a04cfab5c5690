package org.driftwatch.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.driftwatch.files.remote.PrivateAuthority;

/**
 * A real broker that speaks TLS only, with a certificate of a private authority, knows its users by
 * their passwords (SASL/PLAIN, or SCRAM for those who are given it) or else by their certificates,
 * and allows nobody anything that no access list grants.
 */
public final class SecuredBroker implements AutoCloseable {
  /** May do everything. */
  public static final String ADMIN = "admin";

  /** Begins every password, so that one that has leaked is found. */
  public static final String SECRET = "hunter2-";

  private static final String PLAIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";
  private static final String SCRAM =
      "org.apache.kafka.common.security.scram.ScramLoginModule required";
  private static final ScramMechanism SCRAM_MECHANISM = ScramMechanism.SCRAM_SHA_512;

  private final EmbeddedBroker broker;
  private final Path folder;
  private final Map<String, Map<String, String>> logins;

  private SecuredBroker(
      EmbeddedBroker broker, Path folder, Map<String, Map<String, String>> logins) {
    this.broker = broker;
    this.folder = folder;
    this.logins = logins;
  }

  /** Starts a broker that knows {@link #ADMIN} and these users by their passwords. */
  public static SecuredBroker start(Path folder, String... users) throws Exception {
    String known =
        List.of(users).stream()
            .map(user -> " user_" + user + "=\"" + SECRET + user + "\"")
            .collect(Collectors.joining());
    Map<String, String> settings = new HashMap<>();
    settings.put("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN," + SCRAM_MECHANISM.mechanismName());
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put(
        "listener.name.clients.plain.sasl.jaas.config",
        login(PLAIN, ADMIN) + " user_" + ADMIN + "=\"" + SECRET + ADMIN + "\"" + known + ";");
    settings.put("listener.name.clients.scram-sha-512.sasl.jaas.config", SCRAM + ";");
    Map<String, Map<String, String>> logins = new HashMap<>();
    for (String user : withAdmin(users)) {
      Map<String, String> login = trusting(PrivateAuthority.shared());
      login.put("security.protocol", "SASL_SSL");
      login.put("sasl.mechanism", "PLAIN");
      login.put("sasl.jaas.config", login(PLAIN, user) + ";");
      logins.put(user, login);
    }
    return start(folder, settings, logins);
  }

  /** Starts a broker that knows {@link #ADMIN} and these users by their certificates. */
  public static SecuredBroker startWithCertificates(Path folder, String... users) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("listener.security.protocol.map", "CLIENTS:SSL,CONTROLLER:PLAINTEXT");
    settings.put("ssl.client.auth", "required");
    settings.put("ssl.principal.mapping.rules", "RULE:^CN=(.*)$/$1/");
    Map<String, Map<String, String>> logins = new HashMap<>();
    for (String user : withAdmin(users)) {
      logins.put(user, showing(PrivateAuthority.shared().clientKeys(user)));
    }
    return start(folder, settings, logins);
  }

  private static List<String> withAdmin(String... users) {
    List<String> all = new ArrayList<>(List.of(users));
    all.add(ADMIN);
    return all;
  }

  private static Map<String, String> trusting(PrivateAuthority authority) {
    Map<String, String> trust = new HashMap<>();
    trust.put("ssl.truststore.location", authority.pem().toString());
    trust.put("ssl.truststore.type", "PEM");
    return trust;
  }

  private static Map<String, String> holding(Path keys) {
    Map<String, String> held = new HashMap<>();
    held.put("ssl.keystore.location", keys.toString());
    held.put("ssl.keystore.type", "PKCS12");
    held.put("ssl.keystore.password", PrivateAuthority.password());
    held.put("ssl.key.password", PrivateAuthority.password());
    return held;
  }

  private static Map<String, String> showing(Path keys) throws Exception {
    Map<String, String> login = trusting(PrivateAuthority.shared());
    login.put("security.protocol", "SSL");
    login.putAll(holding(keys));
    return login;
  }

  private static SecuredBroker start(
      Path folder, Map<String, String> settings, Map<String, Map<String, String>> logins)
      throws Exception {
    PrivateAuthority authority = PrivateAuthority.shared();
    settings.putAll(holding(authority.serverKeys()));
    // Its clients' certificates are of the authority, too, and the broker is a client of its own.
    settings.putAll(trusting(authority));
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // Nobody but the broker itself reaches its controller.
    settings.put(
        "super.users", "User:" + ADMIN + ";User:ANONYMOUS;User:" + PrivateAuthority.SERVER);
    settings.put("early.start.listeners", "CONTROLLER");
    Path data = Files.createDirectories(folder.resolve("secured-broker"));
    return new SecuredBroker(EmbeddedBroker.start(data, 0, settings), folder, logins);
  }

  private static String login(String module, String user) {
    return module + " username=\"" + user + "\" password=\"" + SECRET + user + "\"";
  }

  /** Where clients connect, {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Client properties with which this user gets in. */
  public Map<String, String> client(String user) {
    Map<String, String> client = new HashMap<>(logins.get(user));
    client.put("bootstrap.servers", bootstrapServers());
    return client;
  }

  /** A file with the properties with which this user gets in. */
  public Path file(String user) throws IOException {
    return file(user, client(user));
  }

  /** As {@link #file(String)}, the password as SCRAM: the broker is shown a proof of it. */
  public Path scram(String user) throws Exception {
    try (Admin admin = admin()) {
      ScramCredentialInfo kept = new ScramCredentialInfo(SCRAM_MECHANISM, 4096);
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion(user, kept, SECRET + user)))
          .all()
          .get();
    }
    Map<String, String> client = client(user);
    client.put("sasl.mechanism", SCRAM_MECHANISM.mechanismName());
    client.put("sasl.jaas.config", login(SCRAM, user) + ";");
    return file(user + "-scram", client);
  }

  /** As {@link #file(String)}, with a password that is not this user's. */
  public Path wrongPassword(String user) throws IOException {
    Map<String, String> client = client(user);
    client.computeIfPresent(
        "sasl.jaas.config", (key, login) -> login.replace(SECRET, SECRET + "wrong-"));
    return file(user + "-wrong-password", client);
  }

  /**
   * As {@link #file(String)}, without trust in the authority that signed the broker's certificate.
   */
  public Path withoutTrust(String user) throws IOException {
    Map<String, String> client = client(user);
    client.keySet().removeIf(key -> key.startsWith("ssl.truststore"));
    return file(user + "-without-trust", client);
  }

  /** As {@link #file(String)}, without the user's certificate. */
  public Path withoutCertificate(String user) throws IOException {
    Map<String, String> client = client(user);
    client.keySet().removeIf(key -> key.startsWith("ssl.key"));
    return file(user + "-without-certificate", client);
  }

  /** As {@link #file(String)}, with a certificate of an authority that the broker does not know. */
  public Path foreignCertificate(String user) throws Exception {
    Map<String, String> client = client(user);
    client.putAll(holding(PrivateAuthority.another().clientKeys(user)));
    return file(user + "-foreign-certificate", client);
  }

  private Path file(String name, Map<String, String> client) throws IOException {
    List<String> lines =
        client.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList();
    return Files.write(folder.resolve(name + ".properties"), lines);
  }

  /** A connection of {@link #ADMIN}'s. */
  public Admin admin() {
    return Admin.create(new HashMap<String, Object>(client(ADMIN)));
  }

  /** Grants rights to a topic. */
  public void grant(String user, String topic, AclOperation... operations) throws Exception {
    try (Admin admin = admin()) {
      admin.createAcls(rights(user, topic, operations)).all().get();
    }
  }

  /** Takes back all that was granted to a topic. */
  public void revoke(String user, String topic) throws Exception {
    try (Admin admin = admin()) {
      admin
          .deleteAcls(
              List.of(
                  new AclBindingFilter(
                      new ResourcePatternFilter(ResourceType.TOPIC, topic, PatternType.LITERAL),
                      new AccessControlEntryFilter(
                          "User:" + user, null, AclOperation.ANY, AclPermissionType.ANY))))
          .all()
          .get();
    }
  }

  private static Collection<AclBinding> rights(
      String user, String topic, AclOperation... operations) {
    return List.of(operations).stream()
        .map(
            operation ->
                new AclBinding(
                    new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                    new AccessControlEntry(
                        "User:" + user, "*", operation, AclPermissionType.ALLOW)))
        .toList();
  }

  /** Stops the broker. */
  @Override
  public void close() {
    broker.close();
  }
}
