/**
 * The emulator: stands in for the data acquisition and sends simulated or recorded hits to Kafka.
 * Also the embedded broker.
 */
package org.driftwatch.emulator;
