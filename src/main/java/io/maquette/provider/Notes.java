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
 * What operators should know of a service that works with restrictions on this node, like templates
 * that stand in for the chat model. Health, console and API show the notes; the log has one line
 * for each change.
 */
@ApplicationScoped
public class Notes {

  private static final Logger LOG = Logger.getLogger(Notes.class.getName());

  /** Prompt variants. */
  public static final String PROMPTS = "prompts";

  /** Changes to pictures. */
  public static final String EDITS = "edits";

  /**
   * One note.
   *
   * @param subject which service
   * @param reason in a word
   * @param since when the restriction began
   * @param words what is restricted and why; free of secrets
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
   * Sets the note of a service, in place of its earlier one.
   *
   * @param reason in a word; the log has a line for each new reason
   */
  public synchronized void set(String subject, String reason, String words) {
    Note before = notes.get(subject);
    boolean isNew = before == null || !before.reason().equals(reason);
    LOG.log(isNew ? Level.WARNING : Level.FINE, () -> subject + ": " + words);
    Instant since = before == null ? clock.instant() : before.since();
    notes.put(subject, new Note(subject, reason, since, words));
  }

  /** The service works without restrictions. */
  public synchronized void clear(String subject) {
    if (notes.remove(subject) != null) {
      LOG.info(() -> subject + ": works again without restrictions");
    }
  }

  /** All of them, by subject. */
  public synchronized List<Note> list() {
    return List.copyOf(notes.values());
  }
}
