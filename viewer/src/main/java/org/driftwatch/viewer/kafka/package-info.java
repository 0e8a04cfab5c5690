/** Reads the topics, each on a thread of its own. */
package org.driftwatch.viewer.kafka;
