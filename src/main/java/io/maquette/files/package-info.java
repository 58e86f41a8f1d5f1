/** Stored files of tasks: they are served to users, checked, and fetched again if they are lost. */
package io.maquette.files;
