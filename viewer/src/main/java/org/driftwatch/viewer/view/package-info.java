/** What the screen shows and how, without a window: states, moves through time, the theme. */
package org.driftwatch.viewer.view;
