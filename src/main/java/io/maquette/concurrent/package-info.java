/** Thread and timer utilities that the Jakarta Concurrency API does not provide. */
package io.maquette.concurrent;
