/** Stored files of tasks: served to users, checked, and fetched again when they are lost. */
package io.maquette.files;
