/** The window: the dashboard in its frame, keys, help, and what is saved or printed from it. */
package org.driftwatch.viewer.window;
