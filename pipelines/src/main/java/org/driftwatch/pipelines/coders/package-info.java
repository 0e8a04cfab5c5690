/** Arrays and lengths as bytes, for the coders of several steps. */
package org.driftwatch.pipelines.coders;
