/**
 * Blocks of records as they are read, and of parsed words: what travels between the first steps, so
 * that a runner's cost per element is paid once per thousand hits.
 */
package org.driftwatch.pipelines.block;
