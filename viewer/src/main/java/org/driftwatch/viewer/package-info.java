/**
 * The viewer: reads the topics {@code results} and {@code status}, and shows them in a window or as
 * lines.
 */
package org.driftwatch.viewer;
