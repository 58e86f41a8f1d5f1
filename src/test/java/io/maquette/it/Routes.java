package io.maquette.it;

import io.maquette.platform.http.MetricsResource;
import io.maquette.task.web.FilesResource;
import io.maquette.task.web.StatusesResource;
import io.maquette.task.web.TasksResource;
import io.maquette.task.web.WorkersResource;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The routes the code has, by its annotations. */
final class Routes {

  private static final Map<String, Set<String>> ROUTES = new TreeMap<>();

  static {
    for (Class<?> resource :
        List.of(
            TasksResource.class,
            FilesResource.class,
            StatusesResource.class,
            MetricsResource.class,
            WorkersResource.class)) {
      for (Method method : resource.getDeclaredMethods()) {
        for (Annotation annotation : method.getAnnotations()) {
          HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
          if (verb != null) {
            Path path = method.getAnnotation(Path.class);
            String route =
                "/api/"
                    + resource.getAnnotation(Path.class).value()
                    + (path == null ? "" : "/" + path.value());
            ROUTES
                .computeIfAbsent(route, key -> new TreeSet<>())
                .add(verb.value().toLowerCase(Locale.ROOT));
          }
        }
      }
    }
  }

  private Routes() {}

  static Set<String> paths() {
    return ROUTES.keySet();
  }

  static Set<String> methods(String path) {
    return ROUTES.get(path);
  }
}
