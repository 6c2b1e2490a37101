package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "4, 3", "5, 4", "8, 6", "400, 300"})
  void one_user_has_at_most_three_quarters_and_never_all_but_of_one(int whole, int part) {
    Shares shares = new Shares(whole);
    int had = 0;
    for (; shares.isFree("storm"); had++) shares.take("storm");
    assertThat(had).isEqualTo(part);
    assertThat(shares.isFree("ann")).isEqualTo(whole > 1);
  }

  @Test
  void what_is_given_back_is_free_for_everybody() {
    Shares two = new Shares(2);
    two.take("ann");
    two.take("bob");
    assertThat(two.isFull()).isTrue();
    assertThat(two.isFree("cid")).isFalse();
    two.give("ann");
    assertThat(two.isFree("cid")).isTrue();
    assertThat(two.isFree("ann")).isTrue();
    assertThat(two.isFree("bob")).isFalse();
  }
}
