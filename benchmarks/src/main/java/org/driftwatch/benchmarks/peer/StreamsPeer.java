package org.driftwatch.benchmarks.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.driftwatch.detector.SummaryJson;

/**
 * Peer (c): Kafka Streams. A windowed aggregation per orbit, the records' key, emitted when the
 * window closes; the orbits of a window are then collected per partition and the partitions' parts
 * brought together. Best settings: a thread per core, state in memory without changelogs, nothing
 * shuffled but one part per window and partition.
 */
public final class StreamsPeer {
  private static final Serde<long[]> HITS = Serdes.serdeFrom(new ToBytes(), new FromBytes());

  private StreamsPeer() {}

  /** Runs until it is stopped; for the arguments see {@link PeerArguments}. */
  public static void main(String[] arguments) {
    PeerArguments peer = PeerArguments.of(arguments);
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "peer-" + peer.resultsTopic());
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, peer.kafka());
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Runtime.getRuntime().availableProcessors());
    config.put(StreamsConfig.STATE_DIR_CONFIG, System.getProperty("java.io.tmpdir"));
    config.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
    config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1000);
    // A stream that ends must not leave a closed window behind for want of a later look.
    config.put(StreamsConfig.InternalConfig.EMIT_INTERVAL_MS_KSTREAMS_WINDOWED_AGGREGATION, 0);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 64 << 20);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
    KafkaStreams streams = new KafkaStreams(topology(peer).build(config), config);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(Duration.ofSeconds(5))));
    streams.start();
  }

  private static StreamsBuilder topology(PeerArguments peer) {
    Duration window = Duration.ofMillis(peer.windowMillis());
    TimeWindows windows = TimeWindows.ofSizeAndGrace(window, Duration.ofMillis(500));
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(peer.streamTopic(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .mapValues(StreamsPeer::hit)
        .groupByKey(Grouped.with(Serdes.ByteArray(), Serdes.Long()))
        .windowedBy(windows)
        .emitStrategy(EmitStrategy.onWindowClose())
        .aggregate(
            () -> new long[0],
            (orbit, hit, hits) -> append(hits, hit),
            Materialized.<byte[], long[]>as(
                    Stores.inMemoryWindowStore(
                        "orbits", window.multipliedBy(2).plusSeconds(1), window, false))
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(HITS)
                .withCachingDisabled()
                .withLoggingDisabled())
        .toStream()
        .process(() -> new CollectOrbits(peer))
        .groupByKey(Grouped.with("parts", Serdes.Long(), HITS))
        .reduce(
            StreamsPeer::concatenate,
            Materialized.<Long, long[]>as(Stores.inMemoryKeyValueStore("windows"))
                .withKeySerde(Serdes.Long())
                .withValueSerde(HITS)
                .withCachingDisabled()
                .withLoggingDisabled())
        .toStream()
        .map(
            (start, hits) ->
                KeyValue.pair(
                    SummaryJson.key(Instant.ofEpochMilli(start)), summary(peer, start, hits)))
        .to(peer.resultsTopic(), Produced.with(Serdes.String(), Serdes.ByteArray()));
    return builder;
  }

  private static long hit(byte[] value) {
    try {
      return HitReader.read(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long[] append(long[] hits, long hit) {
    long[] more = Arrays.copyOf(hits, hits.length + 1);
    more[hits.length] = hit;
    return more;
  }

  private static long[] concatenate(long[] a, long[] b) {
    long[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static byte[] summary(PeerArguments peer, long start, long[] hits) {
    WindowHits window = new WindowHits();
    for (long hit : hits) {
      window.add(hit);
    }
    return window.summary(start, peer.windowMillis());
  }

  /** Collects the orbits of a window that a task has, and hands them on in one piece. */
  private static final class CollectOrbits
      implements Processor<Windowed<byte[]>, long[], Long, long[]> {
    private final PeerArguments peer;
    private final TreeMap<Long, Piece> windows = new TreeMap<>();
    private ProcessorContext<Long, long[]> context;

    private static final class Piece {
      private long[] hits = new long[1024];
      private int size;

      void add(long[] more) {
        if (size + more.length > hits.length) {
          hits = Arrays.copyOf(hits, Math.max(2 * hits.length, size + more.length));
        }
        System.arraycopy(more, 0, hits, size, more.length);
        size += more.length;
      }
    }

    CollectOrbits(PeerArguments peer) {
      this.peer = peer;
    }

    @Override
    public void init(ProcessorContext<Long, long[]> processorContext) {
      context = processorContext;
    }

    @Override
    public void process(Record<Windowed<byte[]>, long[]> orbit) {
      long start = orbit.key().window().start();
      // Windows close in order, all orbits of one together.
      while (!windows.isEmpty() && windows.firstKey() < start) {
        Map.Entry<Long, Piece> complete = windows.pollFirstEntry();
        Piece piece = complete.getValue();
        context.forward(
            new Record<>(
                complete.getKey(),
                Arrays.copyOf(piece.hits, piece.size),
                complete.getKey() + peer.windowMillis() - 1));
      }
      windows.computeIfAbsent(start, s -> new Piece()).add(orbit.value());
    }
  }

  private static final class ToBytes implements Serializer<long[]> {
    @Override
    public byte[] serialize(String topic, long[] hits) {
      if (hits == null) {
        return null;
      }
      ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * hits.length);
      bytes.asLongBuffer().put(hits);
      return bytes.array();
    }
  }

  private static final class FromBytes implements Deserializer<long[]> {
    @Override
    public long[] deserialize(String topic, byte[] bytes) {
      if (bytes == null) {
        return null;
      }
      long[] hits = new long[bytes.length / Long.BYTES];
      ByteBuffer.wrap(bytes).asLongBuffer().get(hits);
      return hits;
    }
  }
}
