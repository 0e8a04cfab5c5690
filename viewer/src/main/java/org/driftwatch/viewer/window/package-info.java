/** The window: pages, keys and menus. */
package org.driftwatch.viewer.window;
