package io.maquette.admin.console;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.beans.Introspector;

/**
 * Listener that clears the JDK's bean caches when the application stops. Faces inspects the page
 * beans through these caches, which belong to the whole server. They would keep the application's
 * classes in memory after an undeploy.
 */
@WebListener
public class BeanCaches implements ServletContextListener {

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    Introspector.flushCaches();
  }
}
