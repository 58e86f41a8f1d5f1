package io.maquette.console.web;

import io.maquette.access.Account;
import io.maquette.access.Accounts;
import io.maquette.access.NotThereException;
import io.maquette.access.Role;
import io.maquette.access.Users;
import io.maquette.access.web.CreateUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Who may use this installation. */
@Named
@RequestScoped
public class UsersPage extends ActingPage {

  private static final int ROWS = 50;

  @Inject private Accounts accounts;
  @Inject private Users users;

  private List<Account> found;
  private Users.WithPassword created;

  /** The accounts of this page. */
  public List<Account> getRows() {
    return found().subList(0, Math.min(ROWS, found().size()));
  }

  /** Where the next page begins; null if this is the last. */
  public String getNext() {
    return found().size() > ROWS ? found().get(ROWS - 1).id() : null;
  }

  private List<Account> found() {
    if (found == null) {
      try {
        found = accounts.list(Address.text("q"), ROWS, Address.text("after"));
      } catch (NotThereException e) {
        found = List.of(); // an address that was made up
      }
    }
    return found;
  }

  /** The account just made, with its password; null if none was. */
  public Users.WithPassword getCreated() {
    return created;
  }

  /** Makes an account. */
  public void create() {
    String email = getFields().get("email");
    String role = getFields().get("role");
    act(
        new CreateUser(email, role, getReason()),
        "message.user-created",
        () -> created = users.create(email, Role.valueOf(role), operator(), getReason()));
    found = null;
  }
}
