package io.maquette.task.submission;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;

/** Operator settings for one provider, for all nodes: pause, trial request and limits. */
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

  /** Pauses the provider; a second pause keeps the first time. */
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

  /** Returns since when the provider is paused; null if it is not. */
  public Instant pausedAt() {
    return pausedAt;
  }

  /** Returns the name of the operator who paused the provider; null if it is not paused. */
  public String pausedBy() {
    return pausedBy;
  }

  /** Returns the reason of the pause; null if the provider is not paused. */
  public String pauseReason() {
    return pauseReason;
  }

  /** Returns when the provider was last resumed; empty if never. */
  public Optional<Instant> resumedAt() {
    return Optional.ofNullable(resumedAt);
  }

  /** Returns when an operator last requested a trial request; null if never. */
  public Instant probedAt() {
    return probedAt;
  }

  /** Returns the limit of open model jobs; empty for the limit of the settings or the provider. */
  public Optional<Integer> openJobs() {
    return Optional.ofNullable(openJobs);
  }

  /** Returns the limit of requests per second; empty for the provider's limit. */
  public Optional<Integer> requestsPerSecond() {
    return Optional.ofNullable(requestsPerSecond);
  }
}
