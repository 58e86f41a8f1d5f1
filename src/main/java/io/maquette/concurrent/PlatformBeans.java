package io.maquette.concurrent;

import io.maquette.cluster.LocalNode;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.persistence.DatabaseClock;
import io.maquette.persistence.EmbeddedDatabase;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** CDI producers for settings, the database and the server's threads. */
@ApplicationScoped
public class PlatformBeans {

  private static final Logger LOG = Logger.getLogger(PlatformBeans.class.getName());

  /**
   * Maximum number of threads. Steps have limits of their own below it, so it bounds event streams
   * and webhooks.
   */
  private static final int MAX_THREADS = 256;

  @Resource(lookup = "java:app/jdbc/maquette")
  private DataSource database;

  @Resource private ManagedThreadFactory threads;
  private ApplicationThreads pool;
  private ScheduledThreadPoolExecutor wakeUps;

  @PostConstruct
  void startThreads() {
    pool = new ApplicationThreads(MAX_THREADS, threads);
    wakeUps = new ScheduledThreadPoolExecutor(1, threads);
    wakeUps.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @PreDestroy
  void stopThreads() {
    wakeUps.shutdown();
    pool.shutdown();
  }

  /** Reads the settings in force. An unknown name is logged, because it is most likely mistyped. */
  @Produces
  @Singleton
  Settings settings() {
    Config config = ConfigProvider.getConfig();
    Settings settings = Settings.read(name -> config.getOptionalValue(name, String.class));
    TreeSet<String> unknown =
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
            .filter(name -> name.startsWith("maquette."))
            .collect(Collectors.toCollection(TreeSet::new));
    Settings.ALL.forEach(setting -> unknown.remove(setting.name()));
    if (!unknown.isEmpty()) {
      LOG.warning(() -> "Settings that mean nothing here, mistyped perhaps: " + unknown);
    }
    return settings;
  }

  @Produces
  @Singleton
  LocalNode node(Settings settings) {
    return new LocalNode(
        settings.get(Setting.NODE_NAME), EmbeddedDatabase.isAt(settings.get(Setting.DB_URL)));
  }

  /**
   * Returns the server's connection pool, which always runs in the application's class loader
   * context. A health check or a JMX client may call it from another context, in which a growing
   * pool finds no driver.
   */
  @Produces
  @Singleton
  DataSource database() {
    ClassLoader ours = PlatformBeans.class.getClassLoader();
    return (DataSource)
        Proxy.newProxyInstance(
            ours,
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              Thread caller = Thread.currentThread();
              ClassLoader itsOwn = caller.getContextClassLoader();
              caller.setContextClassLoader(ours);
              try {
                return method.invoke(database, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                caller.setContextClassLoader(itsOwn);
              }
            });
  }

  /** Returns the thread pool for work that outlasts a request. */
  @Produces
  @Singleton
  @Typed(Executor.class)
  Executor executor() {
    return pool;
  }

  /** Returns the scheduler of brief work that is due before the next run of an EJB timer. */
  @Produces
  @Singleton
  @Typed(ScheduledExecutorService.class)
  ScheduledExecutorService wakeUps() {
    return wakeUps;
  }

  @Produces
  @Singleton
  DatabaseClock clock(DataSource database) throws SQLException {
    return DatabaseClock.of(database);
  }
}
