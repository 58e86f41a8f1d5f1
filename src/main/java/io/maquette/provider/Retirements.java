package io.maquette.provider;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Retirements that providers have announced to this node since its start. They come from the
 * headers of any answer and from the providers' lists of models. A note for operators contains them
 * ({@link Notes#RETIREMENTS}).
 */
@ApplicationScoped
public class Retirements {

  private static final Logger LOG = Logger.getLogger(Retirements.class.getName());

  private final Map<String, Retirement> known = new TreeMap<>();
  private Notes notes;

  /** For CDI. */
  protected Retirements() {}

  @Inject
  public Retirements(Notes notes) {
    this.notes = notes;
  }

  /**
   * Adds an announcement, or completes the earlier one for the same setting. The log has a line for
   * each new setting only, because some gateways give another date with each answer.
   */
  public synchronized void add(Retirement retirement) {
    String key = retirement.setting();
    Retirement before = known.get(key);
    Retirement now = before == null ? retirement : retirement.after(before);
    if (!now.equals(before)) {
      known.put(key, now);
      notes.set(Notes.RETIREMENTS, String.join(" ", known.keySet()), words());
    }
  }

  private String words() {
    return known.values().stream().map(Retirement::words).collect(Collectors.joining("; "));
  }

  /** Lists all announcements, by setting. */
  public synchronized List<Retirement> list() {
    return List.copyOf(known.values());
  }

  /** Lists the announcements of one provider, by setting. */
  public List<Retirement> of(String provider) {
    return list().stream().filter(one -> one.provider().equals(provider)).toList();
  }

  /**
   * Logs all known announcements, then asks the providers for new ones. A provider that cannot
   * answer is skipped.
   */
  void check(Collection<? extends Provider> providers) {
    list().forEach(one -> LOG.warning(one::words));
    for (Provider provider : providers) {
      try {
        provider.announcedRetirements().forEach(this::add);
      } catch (ProviderException | RuntimeException e) {
        LOG.log(Level.FINE, e, () -> provider.name() + " does not list its retirements");
      }
    }
  }
}
