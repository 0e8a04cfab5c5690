/**
 * Access to Kafka, the same for every program: client settings, rights on topics, and refusals in
 * words.
 */
package org.driftwatch.kafka;
