/**
 * The service: reads the topics {@code results}, {@code status} and {@code alarm-commands}, keeps
 * its state in {@code quality} and {@code alarms}, calls people, and the check for scripts.
 */
package org.driftwatch.quality.service;
