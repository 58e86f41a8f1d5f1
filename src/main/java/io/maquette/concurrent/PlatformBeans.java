package io.maquette.concurrent;

import io.maquette.cluster.LocalNode;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.persistence.DatabaseClock;
import io.maquette.persistence.EmbeddedDatabase;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the platform gives to whoever asks for it by type. */
@ApplicationScoped
public class PlatformBeans {

  private static final Logger LOG = Logger.getLogger(PlatformBeans.class.getName());

  @Resource(lookup = "java:app/jdbc/maquette")
  private DataSource database;

  @Resource private ManagedExecutorService threads;
  private Hands hands;
  private AlarmClock alarms;

  @PostConstruct
  void takeHands() {
    hands = new Hands(threads);
    alarms = new AlarmClock(hands);
  }

  @PreDestroy
  void letHandsGo() {
    alarms.end();
    hands.end();
  }

  /** The settings in force; a name we do not know is told, as it is most likely mistyped. */
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
   * The server's pool, looked up and used in the application's own context: who asks for it later,
   * like a health check or a JMX client, may stand outside, where a pool that grows finds no
   * driver.
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

  /** Threads of the server, for work that outlasts a request. */
  @Produces
  @Singleton
  Executor executor() {
    return hands;
  }

  /** For what is due before the next tick. */
  @Produces
  @Singleton
  Alarms alarms() {
    return alarms;
  }

  @Produces
  @Singleton
  DatabaseClock clock(DataSource database) throws SQLException {
    return DatabaseClock.of(database);
  }
}
