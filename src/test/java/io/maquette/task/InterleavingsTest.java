package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.logging.Logger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * Test of random interleavings of users, two workers and crashes: after every step the rows obey
 * these rules.
 *
 * <ul>
 *   <li>Only legal transitions happen, and the history has each one once.
 *   <li>Cancel wins, and a final status stays.
 *   <li>A result is applied once, under the current claim.
 *   <li>A submission with unknown outcome is repeated once, with its reason.
 *   <li>Discarded files are listed for deletion, and no others.
 * </ul>
 *
 * <p>{@code -Dinterleavings=PT10M} plays new seeds for that long; {@code -Dinterleavings.seed=N}
 * plays one seed.
 */
@Tag("fault")
class InterleavingsTest {

  private static final Logger LOG = Logger.getLogger(InterleavingsTest.class.getName());

  private static final int STEPS = 120;
  private static final Duration BEHIND = Duration.ofSeconds(1);
  private static final Duration SHORT = Duration.ofSeconds(4);

  @Test
  void every_interleaving_follows_the_rules_on_h2() throws Exception {
    JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:interleavings", "", "");
    try (TaskDatabase database = new TaskDatabase(pool, BEHIND)) {
      playMany(database, "H2");
    } finally {
      pool.dispose();
    }
  }

  @Test
  void every_interleaving_follows_the_rules_on_postgresql() throws Exception {
    try (EmbeddedPostgres server = quickPostgres()) {
      JdbcConnectionPool pool = pool(server);
      try (TaskDatabase database = new TaskDatabase(pool, BEHIND)) {
        playMany(database, "PostgreSQL");
      } finally {
        pool.dispose();
      }
    }
  }

  /**
   * Starts a PostgreSQL server that does not protect commits against a power failure, which is
   * faster.
   */
  static EmbeddedPostgres quickPostgres() throws java.io.IOException {
    return EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "off").start();
  }

  static JdbcConnectionPool pool(EmbeddedPostgres server) {
    PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
    source.setUrl(server.getJdbcUrl("postgres", "postgres"));
    source.setUser("postgres");
    JdbcConnectionPool pool = JdbcConnectionPool.create(source);
    pool.setMaxConnections(20);
    return pool;
  }

  private static void playMany(TaskDatabase database, String where) throws Exception {
    Long one = Long.getLong("interleavings.seed");
    if (one != null) {
      play(database, one);
      return;
    }
    String wish = System.getProperty("interleavings");
    Duration time = wish == null ? SHORT : Duration.parse(wish);
    long first = wish == null ? 0 : System.currentTimeMillis();
    long end = System.nanoTime() + time.toNanos();
    long seed = first;
    while (System.nanoTime() - end < 0) {
      play(database, seed);
      seed++;
    }
    long played = seed - first;
    LOG.info(() -> "%s: %d interleavings, %d steps".formatted(where, played, played * STEPS));
    assertThat(played).isPositive();
  }

  private static void play(TaskDatabase database, long seed) throws Exception {
    Interleaving interleaving = Interleaving.of(seed, STEPS);
    AssertionError failure = failureOf(database, interleaving);
    if (failure != null) {
      Interleaving shortest = interleaving.shortest(fewer -> failureOf(database, fewer) != null);
      throw new AssertionError(
          "-Dinterleavings.seed=%d fails; the shortest that does is:%s".formatted(seed, shortest),
          failureOf(database, shortest));
    }
  }

  private static AssertionError failureOf(TaskDatabase database, Interleaving interleaving) {
    try {
      database.clear();
      new InterleavingPlay(database).play(interleaving);
      return null;
    } catch (AssertionError e) {
      return e;
    } catch (Exception e) {
      return new AssertionError(e);
    }
  }

  @Test
  void a_failing_interleaving_is_shortened() {
    Interleaving whole = Interleaving.of(7, 100);
    List<Interleaving.Step> two = List.of(whole.steps().get(31), whole.steps().get(77));
    assertThat(whole.shortest(fewer -> fewer.steps().containsAll(two)).steps())
        .containsExactlyElementsOf(two);
  }
}
