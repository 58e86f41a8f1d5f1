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
 * <p>Compaction: H2 appends a chunk of about 40 KB for each commit. Its own background thread
 * compacts old chunks, but exists only if commits are written with a delay. The application's
 * commits are on disk when they return, so the application compacts the file.
 *
 * <p>Reopening: when a write fails, e.g. on a full disk, H2 closes the file for good. Its sessions
 * stay in the pool and count as valid. Each statement on one of them also removes the database from
 * H2's list of open ones, so that a reopened database cannot be joined. All sessions of a closed
 * database are therefore ended at once. The pool replaces them, and the next connection opens the
 * file.
 */
final class DatabaseFile {

  private static final Logger LOG = Logger.getLogger(DatabaseFile.class.getName());

  /** Age after which chunks without current data are reused; H2's default is 45 s. */
  private static final Duration RETENTION = Duration.ofSeconds(10);

  /** Size in bytes below which the file is not compacted. */
  private static final long SMALL = 8 << 20;

  /** Share of current data in percent below which chunks are rewritten. */
  private static final int SPARSE = 50;

  /** Bytes of current data rewritten at once; commits wait meanwhile. */
  private static final int REWRITE_AT_ONCE = 1 << 20;

  /** Bytes of chunks moved to the front of the file at once; commits wait meanwhile. */
  private static final int MOVE_AT_ONCE = 2 << 20;

  /** Maximum time that one call spends on rewriting. */
  private static final Duration AT_MOST = Duration.ofMillis(150);

  /** Databases opened by this process that this class has seen. */
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
   * Creates the same with another retention, for tests.
   *
   * @param retention age after which chunks are rewritten and reused
   */
  DatabaseFile(DataSource pool, DataSource direct, Duration retention) {
    this.pool = pool;
    this.direct = direct;
    this.retention = retention;
  }

  /**
   * Reopens the file if H2 has closed it, forces written data to the disk and compacts the file a
   * little. Forced data allows early reuse of space without risk. The caller runs this every
   * second.
   *
   * @return whether the database is in a file of this process
   * @throws SQLException if the database cannot be used
   * @throws IOException if the file was removed or replaced while open
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
          endAll("it cannot be joined any more"); // this process has it open, see the class comment
        }
        throw e;
      }
    }
    return true;
  }

  /**
   * Opens a connection for a pool, after it has ended the sessions of closed databases.
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
   * Records the database of a connection. Payara's pool hides the driver's class; {@link #connect}
   * makes its connections.
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
      return false; // Payara makes a proxy of it, which cannot extend a class
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
      end(database, why == null ? "H2 closed the database" : DatabaseTrouble.rootOf(why));
    } else if (!store.isClosed() && database.isReadOnly() && Files.isWritable(fileOf(database))) {
      end(database, "the file was read-only when it was opened, and is writable now");
    }
  }

  /** Ends all sessions of a database; the next connection opens it again. */
  private static void end(Database database, String why) {
    LOG.warning(() -> "The database file is reopened: " + why);
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

  /**
   * Checks that the file still exists. Writes to a removed file are lost without an error in the
   * process.
   */
  private void checkFile(Database database) throws IOException {
    Path file = fileOf(database);
    if (!Files.exists(file)) {
      throw new IOException(
          "the database file "
              + file
              + " was removed while it is open: stop the server and restore the file");
    }
    if (fileKey != null && !fileKey.equals(keyOf(database))) {
      throw new IOException(
          "the database file " + file + " was replaced while it is open: restart the server");
    }
  }

  private void compact(MVStore store) {
    if (store.getAutoCommitDelay() > 0) {
      return; // not the default address: H2 has its background thread
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

  /** Returns the share of current data in chunks that may be rewritten, in percent. */
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
