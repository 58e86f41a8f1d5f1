package io.maquette.provider;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Notes for operators about services that work with restrictions on this node, e.g. templates that
 * replace the chat model. Health, console and API show the notes; the log has one line for each
 * change.
 */
@ApplicationScoped
public class Notes {

  private static final Logger LOG = Logger.getLogger(Notes.class.getName());

  /** Subject of notes about prompt variants. */
  public static final String PROMPTS = "prompts";

  /** Subject of notes about changes to pictures. */
  public static final String EDITS = "edits";

  /** Subject of notes about models and interfaces that providers withdraw. */
  public static final String RETIREMENTS = "retirements";

  /**
   * Note about a service.
   *
   * @param subject the service
   * @param reason the reason in a word
   * @param since start of the restriction
   * @param words the restriction and its reason, in words; free of secrets
   */
  public record Note(String subject, String reason, Instant since, String words) {}

  private final Map<String, Note> notes = new TreeMap<>();
  private Clock clock;

  /** For CDI. */
  protected Notes() {}

  @Inject
  public Notes(Clock clock) {
    this.clock = clock;
  }

  /**
   * Sets the note of a service and replaces its earlier one.
   *
   * @param reason the reason in a word; the log has a line for each new reason
   */
  public synchronized void set(String subject, String reason, String words) {
    Note before = notes.get(subject);
    boolean isNew = before == null || !before.reason().equals(reason);
    LOG.log(isNew ? Level.WARNING : Level.FINE, () -> subject + ": " + words);
    Instant since = before == null ? clock.instant() : before.since();
    notes.put(subject, new Note(subject, reason, since, words));
  }

  /** Removes the note of a service that works without restrictions again. */
  public synchronized void clear(String subject) {
    if (notes.remove(subject) != null) {
      LOG.info(() -> subject + ": works again without restrictions");
    }
  }

  /** Lists all notes, by subject. */
  public synchronized List<Note> list() {
    return List.copyOf(notes.values());
  }
}
