package io.maquette.storage;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** CDI producer of the file store that the settings choose. */
@ApplicationScoped
public class FileStoreProducer {

  private static final Logger LOG = Logger.getLogger(FileStoreProducer.class.getName());

  @Produces
  @Singleton
  FileStore store(Settings settings) {
    return settings.get(Setting.STORE).equals("s3") ? new S3Store(settings) : disk(settings);
  }

  private static FileStore disk(Settings settings) {
    DiskStore store = new DiskStore(settings.get(Setting.STORE_DIR));
    try {
      store.removeAbandoned();
    } catch (IOException e) {
      // readiness reports the details
      LOG.log(Level.WARNING, "Unfinished files of the previous process were not removed", e);
    }
    return store;
  }

  void close(@Disposes FileStore store) {
    store.close();
  }
}
