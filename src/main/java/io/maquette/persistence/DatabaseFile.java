package io.maquette.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;

/**
 * Housekeeping of the embedded database's file.
 *
 * <p>Compaction: H2 appends a chunk of some 40 KB for each commit and compacts old chunks in a
 * background thread of its own, which it has only where commits are written with a delay. Ours are
 * written when they return, so the application compacts the file.
 *
 * <p>Reopening: when a write fails, e.g. on a full disk, H2 closes the file for good. Its sessions
 * stay in the pool and count as valid, and each statement on one of them also removes the database
 * from H2's list of open ones, so that a reopened database cannot be joined. All sessions of a
 * closed database are therefore ended at once; the pool replaces them, and the next connection
 * opens the file.
 */
final class DatabaseFile {

  private static final Logger LOG = Logger.getLogger(DatabaseFile.class.getName());

  /** Chunks older than this are reused once nothing in them is current; H2 waits 45 s. */
  private static final Duration RETENTION = Duration.ofSeconds(10);

  /** A smaller file is not compacted, in bytes. */
  private static final long SMALL = 8 << 20;

  /** Below this share of current data, in percent, chunks are written anew. */
  private static final int SPARSE = 50;

  /** How many bytes of current data are written anew at once; commits wait for it. */
  private static final int REWRITE_AT_ONCE = 1 << 20;

  /** How many bytes of chunks are moved to the front of the file at once; commits wait for it. */
  private static final int MOVE_AT_ONCE = 2 << 20;

  /** How long one call may go on rewriting. */
  private static final Duration AT_MOST = Duration.ofMillis(150);

  /** Databases that this process has opened, as far as they are known here. */
  private static final Set<Database> OPENED =
      Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

  private final DataSource pool;
  private final DataSource direct;
  private final Duration retention;
  private Database open;
  private Object fileKey;
  private long synced = -1;

  /**
   * Creates the housekeeping of a database.
   *
   * @param pool the connections that the application uses
   * @param direct makes connections to the same database without a pool
   */
  DatabaseFile(DataSource pool, DataSource direct) {
    this(pool, direct, RETENTION);
  }

  /**
   * Creates the same, for tests.
   *
   * @param retention age from which chunks are rewritten and reused
   */
  DatabaseFile(DataSource pool, DataSource direct, Duration retention) {
    this.pool = pool;
    this.direct = direct;
    this.retention = retention;
  }

  /**
   * Opens the file again if H2 has closed it, forces what was written to the disk, so that space
   * can be reused early without risk, and compacts the file a little. Meant to be called every
   * second.
   *
   * @return whether the database is one in a file of this process
   * @throws SQLException if the database cannot be used
   * @throws IOException if the file was removed or replaced while it is open
   */
  boolean keep() throws SQLException, IOException {
    endBroken();
    try (Connection pooled = pool.getConnection()) {
      note(pooled);
      endBroken();
      try (Connection own = direct.getConnection()) {
        Database database = databaseOf(own);
        if (database == null || !database.isPersistent()) {
          return false;
        }
        OPENED.add(database);
        if (database != open) {
          open = database;
          fileKey = keyOf(database);
        }
        if (!database.isReadOnly()) {
          checkFile(database);
          compact(database.getStore().getMvStore());
        }
      } catch (SQLException e) {
        if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
          endAll("it cannot be joined any more"); // by this process, see above
        }
        throw e;
      }
    }
    return true;
  }

  /**
   * Opens a connection for a pool; sessions of a closed database are ended before.
   *
   * @throws SQLException if the database cannot be opened
   */
  static Connection connect(DataSource source) throws SQLException {
    endBroken();
    Connection connection = source.getConnection();
    note(connection);
    return connection;
  }

  /**
   * Notes the database of a connection. Payara's pool hides the driver's class; its connections are
   * made by {@link #connect}.
   */
  private static void note(Connection connection) throws SQLException {
    Database database =
        connection instanceof JdbcConnection || unwraps(connection) ? databaseOf(connection) : null;
    if (database != null) {
      OPENED.add(database);
    }
  }

  private static boolean unwraps(Connection connection) throws SQLException {
    try {
      return connection.isWrapperFor(JdbcConnection.class)
          && connection.unwrap(JdbcConnection.class) != null;
    } catch (IllegalArgumentException e) {
      return false; // Payara makes a proxy of it, which a class cannot have
    }
  }

  /** Returns the database of a session in this process; null if the session has ended. */
  private static Database databaseOf(Connection connection) throws SQLException {
    return connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
            && !session.isClosed()
        ? session.getDatabase()
        : null;
  }

  private static List<Database> opened() {
    synchronized (OPENED) {
      return List.copyOf(OPENED);
    }
  }

  private static void endBroken() {
    opened().forEach(DatabaseFile::endIfBroken);
  }

  private static void endAll(String why) {
    for (Database database : opened()) {
      if (database.getSessions(false).length > 0) {
        end(database, why);
      }
    }
  }

  private static void endIfBroken(Database database) {
    if (!database.isPersistent()) {
      return;
    }
    MVStore store = database.getStore().getMvStore();
    if (store.isClosed() && database.getSessions(false).length > 0) {
      Throwable why = store.getPanicException();
      end(database, why == null ? "H2 closed it" : DatabaseTrouble.rootOf(why));
    } else if (!store.isClosed() && database.isReadOnly() && Files.isWritable(fileOf(database))) {
      end(database, "the file was read-only when it was opened, and is writable now");
    }
  }

  /** Ends all sessions of a database; the next connection opens it again. */
  private static void end(Database database, String why) {
    LOG.warning(() -> "The database file is opened again: " + why);
    for (SessionLocal session : database.getSessions(false)) {
      try {
        session.close();
      } catch (RuntimeException e) {
        LOG.log(Level.FINE, "A session of a closed database ended with an error", e);
      }
    }
  }

  private static Path fileOf(Database database) {
    return Path.of(database.getDatabasePath() + ".mv.db");
  }

  private static Object keyOf(Database database) throws IOException {
    return Files.readAttributes(fileOf(database), BasicFileAttributes.class).fileKey();
  }

  /** What is written to a file that was removed is lost, and the process does not notice. */
  private void checkFile(Database database) throws IOException {
    Path file = fileOf(database);
    if (!Files.exists(file)) {
      throw new IOException(
          "the database file " + file + " was removed while it is open: stop, and restore it");
    }
    if (fileKey != null && !fileKey.equals(keyOf(database))) {
      throw new IOException(
          "the database file " + file + " was replaced while it is open: restart");
    }
  }

  private void compact(MVStore store) {
    if (store.getAutoCommitDelay() > 0) {
      return; // another address than the default one: H2 has its background thread
    }
    FileStore<?> file = store.getFileStore();
    file.setRetentionTime((int) retention.toMillis());
    long written = file.getWriteCount();
    if (written != synced) {
      store.sync();
      synced = written;
    }
    if (file.size() < SMALL) {
      return;
    }
    long began = System.nanoTime();
    boolean rewritten = true;
    while (rewritten
        && currentShare(file) < SPARSE
        && System.nanoTime() - began < AT_MOST.toNanos()) {
      rewritten = store.compact(100, REWRITE_AT_ONCE);
    }
    if (file.getFillRate() < SPARSE && file instanceof RandomAccessStore moving) {
      moving.compactMoveChunks(100, MOVE_AT_ONCE, store);
    }
  }

  /** The share of current data in chunks that may be rewritten, in percent. */
  private static int currentShare(FileStore<?> file) {
    AtomicInteger share = new AtomicInteger(100);
    file.populateInfo(
        (name, value) -> {
          if (name.equals("info.CHUNKS_FILL_RATE_RW")) {
            share.set(Integer.parseInt(value));
          }
        });
    return share.get();
  }
}
