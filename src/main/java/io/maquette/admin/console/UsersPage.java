package io.maquette.admin.console;

import io.maquette.persistence.Page;
import io.maquette.security.Account;
import io.maquette.security.Accounts;
import io.maquette.security.NotThereException;
import io.maquette.security.Role;
import io.maquette.security.Users;
import io.maquette.security.web.UsersResource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Page bean of all accounts. */
@Named
@RequestScoped
public class UsersPage extends ActionPage {

  private static final int ROWS = 50;

  @Inject private Accounts accounts;
  @Inject private Users users;

  private Page<Account, String> page;
  private Users.WithPassword created;

  /** Returns the accounts of this page. */
  public List<Account> getRows() {
    return page().items();
  }

  /** Returns the id after which the next page begins; null on the last page. */
  public String getNext() {
    return page().next();
  }

  private Page<Account, String> page() {
    if (page == null) {
      try {
        page =
            Page.of(
                accounts.list(Address.text("q"), ROWS, Address.text("after")), ROWS, Account::id);
      } catch (NotThereException e) {
        page = new Page<>(List.of(), null); // the address names an unknown account
      }
    }
    return page;
  }

  @Override
  void clear() {
    page = null;
  }

  /** Returns the newly created account with its password; null if none was created. */
  public Users.WithPassword getCreated() {
    return created;
  }

  /** Creates an account. */
  public void create() {
    String email = getFields().get("email");
    String role = getFields().get("role");
    act(
        new UsersResource.CreateUser(email, role, getReason()),
        "message.user-created",
        () -> created = users.create(email, Role.valueOf(role), operator(), getReason()));
  }
}
