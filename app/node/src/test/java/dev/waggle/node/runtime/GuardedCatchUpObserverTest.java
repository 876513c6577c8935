package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.ports.node.CatchUpObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedCatchUpObserverTest {
  private final List<String> heard = new ArrayList<>();

  /** Hears, and then fails. */
  private final class Failing implements CatchUpObserver {
    private final Error error;

    Failing(Error error) {
      this.error = error;
    }

    private RuntimeException failure(String event) {
      heard.add(event);
      if (error != null) {
        throw error;
      }
      return new IllegalStateException("fails, as this test wants it");
    }

    @Override
    public void catchingUp(long accepted, long further) {
      throw failure(accepted + " of " + (accepted + further));
    }

    @Override
    public void caughtUp(long accepted, boolean whole) {
      throw failure(accepted + ", " + whole);
    }
  }

  @Test
  void anObserverHearsEverything_andItsExceptionsChangeNothing() {
    CatchUpObserver guarded = new GuardedCatchUpObserver(new Failing(null));
    guarded.catchingUp(3, 4);
    guarded.caughtUp(7, true);

    assertThat(heard).containsExactly("3 of 7", "7, true");
  }

  @Test
  void anError_comesThrough() {
    CatchUpObserver guarded = new GuardedCatchUpObserver(new Failing(new StackOverflowError()));

    assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> guarded.catchingUp(1, 2));
    assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> guarded.caughtUp(1, true));
  }
}
