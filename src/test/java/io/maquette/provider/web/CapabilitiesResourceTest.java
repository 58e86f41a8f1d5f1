package io.maquette.provider.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.provider.Cancellation;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Named;
import io.maquette.provider.Submission;
import io.maquette.studio.LocalImageProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilitiesResourceTest {

  @Named("local")
  private static class Studio implements ModelProvider {
    @Override
    public Submission submit(ModelRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public JobState query(String jobId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Cancellation cancel(String jobId) {
      throw new UnsupportedOperationException();
    }
  }

  @Named("other")
  private static final class Other extends Studio {}

  @Test
  void a_provider_of_both_kinds_is_listed_once() {
    List<ProviderView> views =
        CapabilitiesResource.views(new LocalImageProvider(), List.of(new Other(), new Studio()));
    assertThat(views).extracting(ProviderView::name).containsExactly("local", "other");
    assertThat(views.get(0).pictures().seed()).isNotNull();
    assertThat(views.get(0).models()).isNotNull();
    assertThat(views.get(1).pictures()).isNull();
    assertThat(views.get(1).models().inputs().views()).containsExactly("front");
  }
}
