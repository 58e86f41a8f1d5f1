package io.maquette.task.submission;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;

/**
 * What operators have said of a provider while the application runs: that nothing is sent there for
 * now, that it is to be tried again, how much it may be asked for. It holds for all nodes.
 */
@Entity
@Table(name = "provider_control")
public class ProviderControl {

  @Id private String provider;

  @Column(name = "paused_at")
  private Instant pausedAt;

  @Column(name = "paused_by")
  private String pausedBy;

  @Column(name = "pause_reason")
  private String pauseReason;

  @Column(name = "resumed_at")
  private Instant resumedAt;

  @Column(name = "probed_at")
  private Instant probedAt;

  @Column(name = "open_jobs")
  private Integer openJobs;

  @Column(name = "requests_per_second")
  private Integer requestsPerSecond;

  @Version private long version;

  /** For JPA. */
  protected ProviderControl() {}

  ProviderControl(String provider) {
    this.provider = provider;
  }

  /** Nothing is sent there from now on; one that is paused stays so since when it was. */
  void pause(String by, String reason, Instant at) {
    if (pausedAt == null) {
      pausedAt = at;
    }
    pausedBy = by;
    pauseReason = reason;
  }

  void resume(Instant at) {
    if (pausedAt != null) {
      pausedAt = null;
      pausedBy = null;
      pauseReason = null;
      resumedAt = at;
    }
  }

  void probe(Instant at) {
    probedAt = at;
  }

  void limit(Integer jobs, Integer perSecond) {
    openJobs = jobs;
    requestsPerSecond = perSecond;
  }

  public String provider() {
    return provider;
  }

  public boolean isPaused() {
    return pausedAt != null;
  }

  /** Since when nothing is sent there; null unless it is paused. */
  public Instant pausedAt() {
    return pausedAt;
  }

  /** Who paused it, for people; null unless it is paused. */
  public String pausedBy() {
    return pausedBy;
  }

  /** Why it is paused; null unless it is. */
  public String pauseReason() {
    return pauseReason;
  }

  /** When it was last resumed; empty if it never was. */
  public Optional<Instant> resumedAt() {
    return Optional.ofNullable(resumedAt);
  }

  /** When it was last said to be tried again; null if it never was. */
  public Instant probedAt() {
    return probedAt;
  }

  /** How many model jobs may be open there; empty for what the settings or the provider say. */
  public Optional<Integer> openJobs() {
    return Optional.ofNullable(openJobs);
  }

  /** How often it may be called each second; empty for what the provider says. */
  public Optional<Integer> requestsPerSecond() {
    return Optional.ofNullable(requestsPerSecond);
  }
}
