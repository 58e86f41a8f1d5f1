package io.maquette.batch.steps;

import io.maquette.batch.BatchStep;
import io.maquette.batch.ItemResult;
import io.maquette.batch.LocalRun;
import io.maquette.batch.PagedIterator;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.files.FileRows;
import io.maquette.storage.DerivedFiles;
import io.maquette.storage.FileStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Batch step that deletes stored files without a row. A worker stores a file before its row, within
 * one lease. A file that is older than two leases and has no row will therefore never get one.
 * Files derived from a model have no row; they stay as long as the model's file.
 */
@ApplicationScoped
@Named("stored-files")
public class StoredFiles implements BatchStep<StoredFiles.Found> {

  private static final int PAGE = 500;
  private static final int LEASES = 2;

  private FileStore store;
  private FileRows rows;
  private Settings settings;
  private Clock clock;

  /**
   * File in the store.
   *
   * @param isLeftOver whether the file has no row and is old enough
   */
  record Found(String key, boolean isLeftOver) {}

  /** Required by CDI. */
  protected StoredFiles() {}

  @Inject
  public StoredFiles(FileStore store, FileRows rows, Settings settings, Clock clock) {
    this.store = store;
    this.rows = rows;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Iterator<Found> items(LocalRun run, String after) {
    String last = after == null ? "" : after;
    return new PagedIterator<>(file -> page(file == null ? last : file.key()));
  }

  private List<Found> page(String after) {
    List<FileStore.ListedFile> files;
    try {
      files = store.list(after, PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Instant oldEnough = clock.instant().minus(grace());
    Set<String> origins =
        files.stream()
            .filter(file -> file.storedAt().isBefore(oldEnough))
            .map(file -> DerivedFiles.originOf(file.key()))
            .collect(Collectors.toSet());
    Set<String> without = origins.isEmpty() ? Set.of() : rows.withoutRow(origins);
    return files.stream()
        .map(
            file ->
                new Found(
                    file.key(),
                    file.storedAt().isBefore(oldEnough)
                        && without.contains(DerivedFiles.originOf(file.key()))))
        .toList();
  }

  private Duration grace() {
    Duration least = settings.get(Setting.WORKER_LEASE).multipliedBy(LEASES);
    Duration grace = settings.get(Setting.VERIFY_ASSETS_GRACE);
    return grace.compareTo(least) < 0 ? least : grace;
  }

  @Override
  public String positionOf(Found file) {
    return file.key();
  }

  @Override
  public Supplier<ItemResult> process(LocalRun run, Found file) {
    if (!file.isLeftOver()) {
      return () -> ItemResult.READ;
    }
    return () -> {
      rows.discard(file.key());
      return ItemResult.written(file.key(), "REMOVED", "no row refers to the file");
    };
  }
}
