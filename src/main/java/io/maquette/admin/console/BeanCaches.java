package io.maquette.admin.console;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.beans.Introspector;

/**
 * Lets the JDK forget what Faces asked it about the beans of the pages, when the application goes:
 * its cache is the whole server's, and would keep the application's classes until memory is short.
 */
@WebListener
public class BeanCaches implements ServletContextListener {

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    Introspector.flushCaches();
  }
}
