/**
 * What becomes of verdicts: the messages of the topics {@code quality}, {@code alarms} and {@code
 * alarm-commands}, the life of an alarm, and what to do about one.
 */
package org.driftwatch.quality.alarm;
