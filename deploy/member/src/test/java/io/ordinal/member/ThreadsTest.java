package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadsTest {
  @Test
  void tells_where_every_thread_is() {
    assertThat(Threads.stacks())
        .contains("\"" + Thread.currentThread().getName() + "\" RUNNABLE")
        .contains("io.ordinal.member.ThreadsTest.tells_where_every_thread_is");
  }
}
