package io.maquette.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who a route, or all of a resource, is for. Without it that is {@link Audience#OPERATORS} below
 * {@code /api/admin}, and {@link Audience#USERS} elsewhere.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface ServedTo {

  /** Who it is for. */
  Audience value();
}
