/** Files of detector data: found by the names that a user gives, and read wherever they lie. */
package org.driftwatch.files;
