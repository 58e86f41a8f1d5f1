package io.maquette.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedCacheTest {

  private final BoundedCache<Integer, String> cache = new BoundedCache<>(6, String::length);

  @Test
  void the_least_recently_used_value_is_dropped_first() {
    cache.put(1, "aa");
    cache.put(2, "bb");
    cache.put(3, "cc");
    assertThat(cache.get(1)).contains("aa");
    cache.put(4, "dd");
    assertThat(cache.get(2)).isEmpty();
    assertThat(cache.get(1)).contains("aa");
    assertThat(cache.get(3)).contains("cc");
  }

  @Test
  void a_replaced_value_does_not_count_any_more() {
    cache.put(1, "aaaaa");
    cache.put(1, "a");
    cache.put(2, "bbbbb");
    assertThat(cache.get(1)).contains("a");
    assertThat(cache.get(2)).contains("bbbbb");
  }

  @Test
  void a_present_value_is_kept() {
    assertThat(cache.putIfAbsent(1, "aa")).isEqualTo("aa");
    assertThat(cache.putIfAbsent(1, "bb")).isEqualTo("aa");
  }

  @Test
  void a_removed_value_makes_room() {
    cache.put(1, "aaa");
    cache.put(2, "bbb");
    cache.remove(1);
    cache.put(3, "ccc");
    assertThat(cache.get(1)).isEmpty();
    assertThat(cache.get(2)).contains("bbb");
  }

  @Test
  void a_value_larger_than_the_cache_is_not_kept() {
    cache.put(1, "aaaaaaa");
    assertThat(cache.get(1)).isEmpty();
    cache.put(2, "bb");
    assertThat(cache.get(2)).contains("bb");
  }
}
