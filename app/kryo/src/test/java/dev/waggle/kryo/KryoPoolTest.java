package dev.waggle.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KryoPoolTest {
  @Test
  void instanceGivenBack_isTakenAgain() {
    KryoPool pool = new KryoPool(4);
    MessageKryo instance = pool.take();
    pool.giveBack(instance);
    assertThat(pool.take()).isSameAs(instance);
  }

  @Test
  void instanceInUse_isNobodyElses() {
    KryoPool pool = new KryoPool(2);
    assertThat(pool.take()).isNotSameAs(pool.take());
  }

  @Test
  void instanceOfAnotherThread_isTakenRatherThanANewOne() throws InterruptedException {
    KryoPool pool = new KryoPool(8);
    MessageKryo instance = pool.take();
    for (int i = 0; i < 8; i++) { // consecutive threads begin at each of the places
      Thread thread = new Thread(() -> pool.giveBack(instance));
      thread.start();
      thread.join();
      assertThat(pool.take()).isSameAs(instance);
    }
  }

  @Test
  void fullPool_letsGoOfWhatIsTooMuch() {
    KryoPool pool = new KryoPool(2);
    List<MessageKryo> instances = Stream.generate(pool::take).limit(3).toList();
    instances.forEach(pool::giveBack);

    MessageKryo first = pool.take();
    MessageKryo second = pool.take();
    assertThat(instances).contains(first, second);
    assertThat(first).isNotSameAs(second);
    assertThat(pool.take()).isNotIn(instances);
  }
}
