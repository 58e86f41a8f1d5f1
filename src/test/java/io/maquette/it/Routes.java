package io.maquette.it;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.websocket.server.ServerEndpoint;
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

/** The routes the code has, by its annotations: nobody has to list a new resource here. */
final class Routes {

  private static final List<Class<?>> CLASSES =
      new ClassFileImporter()
              .withImportOption(new ImportOption.DoNotIncludeTests())
              .importPackages("io.maquette")
              .stream()
              .filter(type -> !type.isInterface()) // those are clients of others
              .filter(
                  type ->
                      type.isAnnotatedWith(Path.class)
                          || type.isAnnotatedWith(ServerEndpoint.class))
              .<Class<?>>map(JavaClass::reflect)
              .toList();

  private static final Map<String, Set<String>> ROUTES = new TreeMap<>();

  static {
    for (Class<?> resource : CLASSES) {
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

  /** The WebSockets. */
  static Set<String> sockets() {
    Set<String> sockets = new TreeSet<>();
    for (Class<?> type : CLASSES) {
      ServerEndpoint endpoint = type.getAnnotation(ServerEndpoint.class);
      if (endpoint != null) {
        sockets.add(endpoint.value());
      }
    }
    return sockets;
  }
}
