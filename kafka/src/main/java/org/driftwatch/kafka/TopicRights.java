package org.driftwatch.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * What a client's user may do with a topic, as Kafka says when it describes one: asked before the
 * work begins, so that a missing right is told at once and by its name.
 */
public final class TopicRights {
  private TopicRights() {}

  /** Describes topics with the rights to them. */
  public static DescribeTopicsOptions asked() {
    return new DescribeTopicsOptions().includeAuthorizedOperations(true);
  }

  /**
   * Makes sure of the rights to a topic that was {@link #asked} for; a broker that keeps none says
   * nothing and is believed.
   *
   * @throws TopicAuthorizationException that names those missing
   */
  public static void require(TopicDescription topic, AclOperation... needed) {
    Set<AclOperation> granted = topic.authorizedOperations();
    if (granted == null || granted.isEmpty()) {
      return;
    }
    List<AclOperation> missing = new ArrayList<>(Arrays.asList(needed));
    missing.removeAll(granted);
    if (!missing.isEmpty()) {
      throw new TopicAuthorizationException(
          "it lacks " + String.join(", ", missing.stream().map(AclOperation::name).toList()),
          Set.of(topic.name()));
    }
  }
}
