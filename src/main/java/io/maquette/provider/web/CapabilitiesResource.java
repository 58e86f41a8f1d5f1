package io.maquette.provider.web;

import io.maquette.http.ListEnvelope;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.Providers;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * REST resource of the providers that the settings choose, with the options of each. It has no
 * addresses, keys or states, which are for operators.
 */
@Path("providers")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CapabilitiesResource {

  @Inject private Providers providers;

  @GET
  public ListEnvelope list() {
    return ListEnvelope.of(views(providers.images(), providers.models()), null);
  }

  /** Returns one view for each name: the provider of pictures, then those of models in order. */
  static List<ProviderView> views(ImageProvider images, List<ModelProvider> models) {
    Map<String, ProviderView> views = new LinkedHashMap<>();
    views.put(images.name(), ProviderView.of(images));
    models.forEach(model -> views.merge(model.name(), ProviderView.of(model), ProviderView::and));
    return List.copyOf(views.values());
  }
}
