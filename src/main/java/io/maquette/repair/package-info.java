/** Stored files of tasks that were lost: noted, fetched again, or left to their users. */
package io.maquette.repair;
