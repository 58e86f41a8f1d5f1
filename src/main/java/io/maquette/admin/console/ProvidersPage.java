package io.maquette.admin.console;

import io.maquette.admin.ProviderState;
import io.maquette.admin.ProviderStates;
import io.maquette.provider.Notes;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Page bean of all providers. */
@Named
@RequestScoped
public class ProvidersPage {

  @Inject private ProviderStates states;

  private List<ProviderState> rows;

  /** Returns the providers as this node sees them. */
  public List<ProviderState> getRows() {
    if (rows == null) {
      rows = states.list();
    }
    return rows;
  }

  /** Returns the restrictions of this node and their reasons. */
  public List<Notes.Note> getNotes() {
    return states.notes();
  }
}
