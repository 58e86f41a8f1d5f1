package io.maquette.task.submission;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/** Rate limit row of a provider: the next free time for a request, over all nodes. */
@Entity
@Table(name = "provider_pace")
class ProviderPace {

  @Id private String provider;

  @Column(name = "next_at")
  private Instant nextAt;

  /** For JPA. */
  protected ProviderPace() {}

  ProviderPace(String provider, Instant nextAt) {
    this.provider = provider;
    this.nextAt = nextAt;
  }

  /** Reserves the next free time and moves it by the gap. */
  Instant take(Instant now, Duration gap) {
    Instant taken = nextAt.isAfter(now) ? nextAt : now;
    nextAt = taken.plus(gap);
    return taken;
  }

  Instant nextAt() {
    return nextAt;
  }
}
