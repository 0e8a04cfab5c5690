package org.driftwatch.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the settings of every Kafka client of every program: the file of client properties holds
 * over a program's defaults, and what exact results depend on holds over the file. What the file
 * says in vain is logged as a warning, one line for each property and process. The settings are for
 * a client that is about to be made and not to be kept: passwords are among them. Threads may share
 * an instance.
 *
 * <pre>{@code
 * ClientSettings settings = new ClientSettings(KafkaAccess.at("host:9092"));
 * Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings.consumer(Map.of()));
 * }</pre>
 */
public final class ClientSettings {
  private static final Logger LOG = LoggerFactory.getLogger(ClientSettings.class);
  private static final int LONGEST_VALUE = 80;

  private static final String NO_GROUP =
      "consumers join no group, the program assigns every partition itself";
  private static final String KEYS = "all records with the same key must go to the same partition";
  private static final String BYTES_IN = "the program decodes records itself";
  private static final String BYTES_OUT = "the program encodes records itself";

  /**
   * What no file can change, for each kind of client that has a setting of that name. Without a
   * value the setting is left out.
   */
  private static final List<Fixed> FIXED =
      List.of(
          new Fixed(
              ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
              "none",
              "the program sets its own offsets and must not skip records unnoticed"),
          new Fixed(
              ConsumerConfig.ISOLATION_LEVEL_CONFIG,
              "read_committed",
              "records of a transaction count only when it is committed"),
          new Fixed(
              ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
              false,
              "programs keep their place by themselves"),
          new Fixed(
              ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
              false,
              "a consumer must not create a missing topic"),
          new Fixed(
              ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class, BYTES_IN),
          new Fixed(
              ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
              ByteArrayDeserializer.class,
              BYTES_IN),
          new Fixed(CommonClientConfigs.GROUP_ID_CONFIG, NO_GROUP),
          new Fixed(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG, NO_GROUP),
          new Fixed(ConsumerConfig.GROUP_PROTOCOL_CONFIG, NO_GROUP),
          new Fixed(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, NO_GROUP),
          new Fixed(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, NO_GROUP),
          new Fixed(
              ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
              "an interceptor could change or drop records"),
          new Fixed(
              ProducerConfig.ACKS_CONFIG,
              "all",
              Set.of("-1"),
              "a record counts as sent only when all in-sync replicas have it"),
          new Fixed(
              ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
              true,
              "without it a retry could duplicate or reorder records"),
          new Fixed(
              ProducerConfig.RETRIES_CONFIG,
              Integer.MAX_VALUE,
              "a failed request is repeated until its time-out"),
          new Fixed(
              ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
              5,
              Set.of("1", "2", "3", "4"),
              "Kafka keeps the order of records only with 1 to 5 requests at a time"),
          new Fixed(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, false, KEYS),
          new Fixed(ProducerConfig.PARTITIONER_CLASS_CONFIG, KEYS),
          new Fixed(
              ProducerConfig.TRANSACTIONAL_ID_CONFIG, "the program names its transactions itself"),
          new Fixed(
              ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class, BYTES_OUT),
          new Fixed(
              ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class, BYTES_OUT));

  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private final KafkaAccess access;
  private final Consumer<String> warnings;

  /** Settings for this way to Kafka. */
  public ClientSettings(KafkaAccess access) {
    this(access, ClientSettings::warnOnce);
  }

  /** As {@link #ClientSettings(KafkaAccess)}; tells of what is ignored for each client anew. */
  ClientSettings(KafkaAccess access, Consumer<String> warnings) {
    this.access = access;
    this.warnings = warnings;
  }

  /**
   * Settings of a consumer of bytes outside any group. It is told its offsets, and fails where
   * their records are gone.
   *
   * @param defaults hold where the file says nothing
   * @throws IOException with one line, where the file cannot be read
   */
  public Map<String, Object> consumer(Map<String, ? extends Object> defaults) throws IOException {
    return settings(ConsumerConfig.configNames(), defaults, Map.of());
  }

  /** As {@link #consumer}, but continues with the oldest record left where records are gone. */
  public Map<String, Object> consumerFromOldest(Map<String, ? extends Object> defaults)
      throws IOException {
    return settings(
        ConsumerConfig.configNames(),
        defaults,
        Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
  }

  /**
   * Settings of a producer of bytes that sends each record once, in order within its partition,
   * acknowledged by all in-sync replicas.
   *
   * @param defaults hold where the file says nothing
   * @throws IOException with one line, where the file cannot be read
   */
  public Map<String, Object> producer(Map<String, ? extends Object> defaults) throws IOException {
    return settings(ProducerConfig.configNames(), defaults, Map.of());
  }

  /**
   * As {@link #producer}, of one whose records count together, by transactions. A later producer of
   * the same id takes its place.
   *
   * @throws IOException with one line, where the file cannot be read
   */
  public Map<String, Object> transactionalProducer(
      Map<String, ? extends Object> defaults, String id) throws IOException {
    return settings(
        ProducerConfig.configNames(), defaults, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id));
  }

  /**
   * Settings of an admin client.
   *
   * @param defaults hold where the file says nothing
   * @param requestMillis a request that is not answered in this time is repeated, whatever the file
   *     says
   * @param totalMillis a question that is not answered in this time has failed, whatever the file
   *     says
   * @throws IOException with one line, where the file cannot be read
   */
  public Map<String, Object> admin(
      Map<String, ? extends Object> defaults, int requestMillis, int totalMillis)
      throws IOException {
    return settings(
        AdminClientConfig.configNames(),
        defaults,
        Map.of(
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            requestMillis,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            totalMillis));
  }

  /**
   * Settings of a client.
   *
   * @param known names of all settings of its kind
   * @param own hold over everything else
   */
  private Map<String, Object> settings(
      Set<String> known, Map<String, ? extends Object> defaults, Map<String, Object> own)
      throws IOException {
    Map<String, String> file = access.properties();
    Map<String, Object> settings = new HashMap<>(defaults);
    settings.putAll(file);
    for (Fixed fixed : FIXED) {
      String name = fixed.name();
      Object asked = settings.remove(name);
      if (!known.contains(name)) {
        continue;
      }
      Object held = own.getOrDefault(name, fixed.held(asked));
      if (held != null) {
        settings.put(name, held);
      }
      if (file.containsKey(name) && !Fixed.isSame(file.get(name), held)) {
        warnings.accept(ignored(name, file.get(name), fixed.why()));
      }
    }
    settings.putAll(own);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, access.servers());
    return settings;
  }

  /** None of the names is one of a secret: the value may be shown. */
  private String ignored(String name, String value, String why) {
    String shown =
        value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "...";
    return ClientProperties.name(access.file()) + ": " + name + "=" + shown + " is ignored: " + why;
  }

  private static void warnOnce(String line) {
    if (TOLD.add(line)) {
      LOG.warn("{}", line);
    }
  }

  /**
   * A setting that no file can change.
   *
   * @param value what it is; null where it is left out
   * @param others values that a file may choose instead
   * @param why for the user whose file says otherwise
   */
  private record Fixed(String name, Object value, Set<String> others, String why) {
    Fixed(String name, Object value, String why) {
      this(name, value, Set.of(), why);
    }

    Fixed(String name, String why) {
      this(name, null, why);
    }

    Object held(Object asked) {
      return asked != null && others.contains(asked.toString()) ? asked : value;
    }

    static boolean isSame(String asked, Object held) {
      String text =
          held == null ? "" : held instanceof Class<?> type ? type.getName() : held.toString();
      return asked.equalsIgnoreCase(text);
    }
  }
}
