package io.maquette.files;

import io.maquette.storage.FileFault;
import io.maquette.task.Task;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table of lost files. Each call is one short transaction. */
@Stateless
public class LostFileRows {

  /** Maximum number of files in a list. */
  public static final int MAX_LISTED = 200;

  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

  @PersistenceContext private EntityManager entities;
  @Inject private FileRows files;
  @Inject private Clock clock;

  /** For the container. */
  public LostFileRows() {}

  public LostFileRows(EntityManager entities, FileRows files, Clock clock) {
    this.entities = entities;
    this.files = files;
    this.clock = clock;
  }

  /**
   * Row of a lost file after a detection.
   *
   * @param isNew whether this detection was the first
   */
  public record Noted(LostFile file, boolean isNew) {}

  /** Number of lost files with the same fault and the same remedy. */
  public record Group(FileFault fault, LostFile.Remedy remedy, long files) {}

  /**
   * Records a lost file.
   *
   * @return empty if no task needs the file any more
   */
  public Optional<Noted> note(String key, FileFault fault) {
    LostFile known = entities.find(LostFile.class, key);
    if (known != null) {
      return Optional.of(new Noted(known, false));
    }
    return files
        .find(key)
        .map(
            file -> {
              LostFile lost = new LostFile(file, fault, remedyOf(file), clock.instant());
              entities.persist(lost);
              return new Noted(lost, true);
            });
  }

  private LostFile.Remedy remedyOf(FileRow file) {
    if (file.place() >= FileRow.MODEL) {
      return file.provider() != null && file.jobId() != null
          ? LostFile.Remedy.FETCH_AGAIN
          : LostFile.Remedy.MAKE_AGAIN;
    }
    Task task = entities.find(Task.class, file.taskId());
    return task != null && task.hasOwnPicture()
        ? LostFile.Remedy.UPLOAD_AGAIN
        : LostFile.Remedy.DRAW_AGAIN;
  }

  /**
   * Returns lost files that are due for a check and postpones their next check, so that no other
   * node checks them meanwhile.
   */
  public List<LostFile> takeDue(int max) {
    Instant now = clock.instant();
    List<String> due =
        entities
            .createQuery(
                "select f.key from LostFile f where f.dueAt <= :now order by f.dueAt, f.key",
                String.class)
            .setParameter("now", now)
            .setMaxResults(max)
            .getResultList();
    List<LostFile> taken = new ArrayList<>();
    for (String key : due) {
      LostFile file = entities.find(LostFile.class, key, LockModeType.PESSIMISTIC_WRITE);
      if (file != null && !file.dueAt().isAfter(now)) { // no other node deleted the row or took it
        file.lookAgain(now.plus(BETWEEN_LOOKS));
        taken.add(file);
      }
    }
    return taken;
  }

  /**
   * Records a failed attempt to fetch a file again.
   *
   * @param remedy what happens next
   * @param retryAfter time until the next check
   */
  public void fetchingFailed(String key, LostFile.Remedy remedy, String why, Duration retryAfter) {
    LostFile file = entities.find(LostFile.class, key);
    if (file != null) {
      file.failed(remedy, why);
      file.lookAgain(clock.instant().plus(retryAfter));
    }
  }

  /**
   * Deletes the row of a file that is restored or that no task needs any more.
   *
   * @return whether the file was recorded as lost
   */
  public boolean forget(String key) {
    LostFile file = entities.find(LostFile.class, key);
    if (file != null) {
      entities.remove(file);
    }
    return file != null;
  }

  /** Returns the lost files in the order of detection, at most {@link #MAX_LISTED}. */
  public List<LostFile> list() {
    return entities
        .createQuery("select f from LostFile f order by f.noticedAt, f.key", LostFile.class)
        .setMaxResults(MAX_LISTED)
        .getResultList();
  }

  /** Returns the number of lost files by fault and remedy. */
  public List<Group> groups() {
    return entities
        .createQuery(
            "select f.fault, f.remedy, count(f) from LostFile f group by f.fault, f.remedy",
            Object[].class)
        .getResultList()
        .stream()
        .map(
            row ->
                new Group(
                    (FileFault) row[0], (LostFile.Remedy) row[1], ((Number) row[2]).longValue()))
        .toList();
  }
}
