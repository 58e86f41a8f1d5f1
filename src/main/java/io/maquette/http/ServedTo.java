package io.maquette.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation with the audience of a route or a resource. Its default is {@link Audience#OPERATORS}
 * below {@code /api/admin}, and {@link Audience#USERS} elsewhere.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface ServedTo {

  /** Returns the audience. */
  Audience value();
}
