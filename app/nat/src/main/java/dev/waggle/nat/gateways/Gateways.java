package dev.waggle.nat.gateways;

import dev.waggle.nat.router.Gateway;
import java.io.IOException;
import java.util.List;

/** Finds the routers before this machine, as they are now. */
public interface Gateways {
  /**
   * Looks.
   *
   * @return the most preferred first; none if this machine has no way out
   * @throws IOException if that cannot be found out; lower-case words for the operator
   */
  List<Gateway> find() throws IOException;
}
