package org.driftwatch.quality.service;

/**
 * Something has changed that a new session handles: it begins again with what the topics hold. The
 * message says what, in one line.
 */
final class SessionOver extends Exception {
  SessionOver(String what) {
    super(what);
  }
}
