/** REST resources for images, models, downloads and printability reports of a task. */
package io.maquette.files.web;
