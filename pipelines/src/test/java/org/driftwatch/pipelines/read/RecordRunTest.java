package org.driftwatch.pipelines.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;

class RecordRunTest {
  private final Random random = Seed.random("runs of records");

  @Test
  void allRecordsOfAPartitionComeInTheirOrderAndEachRunEndsWhereReadingGoesOn() {
    for (int repeat = 0; repeat < 50; repeat++) {
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> fetched =
          new TreeMap<>((a, b) -> Integer.compare(a.partition(), b.partition()));
      for (int partition = 0; partition <= random.nextInt(3); partition++) {
        fetched.put(new TopicPartition("stream", partition), fetched(partition));
      }
      ConsumerRecords<byte[], byte[]> joined = RecordRun.join(new ConsumerRecords<>(fetched));
      assertThat(joined.partitions(), is(fetched.keySet()));
      fetched.forEach(
          (partition, records) -> {
            List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> one : joined.records(partition)) {
              List<ConsumerRecord<byte[], byte[]>> run = RecordRun.of(FakeRecords.asKafkaIo(one));
              assertWithinLimits(run);
              read.addAll(run);
              assertThat(one.offset(), is(read.get(read.size() - 1).offset()));
              assertThat(one.value(), is(read.get(read.size() - 1).value()));
            }
            assertThat(read, is(records));
          });
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> fetched(int partition) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long offset = random.nextInt(1000);
    long timestamp = random.nextInt(100_000);
    int jump = random.nextInt(3);
    for (int n = 1 + random.nextInt(2000); n > 0; n--) {
      byte[] value =
          random.nextInt(50) == 0
              ? null
              : new byte[random.nextInt(random.nextInt(100) == 0 ? 100_000 : 200)];
      records.add(FakeRecords.record(partition, offset, timestamp, value, null));
      // As markers of transactions do.
      offset += 1 + random.nextInt(20) / 19;
      timestamp += random.nextInt(50) == 0 ? (random.nextInt(2001) - 1000) * jump : 0;
    }
    return records;
  }

  private static void assertWithinLimits(List<ConsumerRecord<byte[], byte[]>> run) {
    assertThat(run.size(), is(lessThanOrEqualTo(RecordRun.MOST_RECORDS)));
    long bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : run) {
      bytes += RecordRun.bytes(record);
      assertThat(
          Math.abs(record.timestamp() - run.get(0).timestamp()),
          is(lessThanOrEqualTo(RecordRun.MOST_SPAN_MILLIS)));
    }
    assertThat(bytes <= RecordRun.MOST_BYTES || run.size() == 1, is(true));
  }

  @Test
  void recordsOfTheSameTimeAreReadAsFew() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      records.add(FakeRecords.record(0, i, 1000, new byte[100], null));
    }
    TopicPartition partition = new TopicPartition("stream", 0);

    int runs = RecordRun.join(new ConsumerRecords<>(Map.of(partition, records))).count();

    assertThat(runs, is(greaterThan(10)));
    assertThat(runs, is(lessThan(30)));
  }

  @Test
  void aRecordThatIsNotOfOurConsumerIsNoRun() {
    KafkaRecord<byte[], byte[]> record =
        FakeRecords.asKafkaIo(FakeRecords.record(0, 0, 1, new byte[1], null));

    assertThrows(IllegalStateException.class, () -> RecordRun.of(record));
  }
}
