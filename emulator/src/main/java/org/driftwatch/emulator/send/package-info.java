/** Encodes rows and sends them to Kafka, exactly once. */
package org.driftwatch.emulator.send;
