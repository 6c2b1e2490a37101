package io.ordinal.controller.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PieceTest {
  private static final String FACE = "\ud83d\ude00";

  @Test
  void what_fits_is_whole() {
    assertThat(Piece.first("a" + FACE, 3)).isEqualTo("a" + FACE);
    assertThat(Piece.last(FACE + "a", 3)).isEqualTo(FACE + "a");
    assertThat(Piece.first("", 0)).isEmpty();
  }

  @Test
  void what_does_not_fit_is_cut_between_characters() {
    assertThat(Piece.first("ab" + FACE + "c", 2)).isEqualTo("ab");
    assertThat(Piece.first("ab" + FACE + "c", 3)).isEqualTo("ab");
    assertThat(Piece.first("ab" + FACE + "c", 4)).isEqualTo("ab" + FACE);
    assertThat(Piece.last("c" + FACE + "ab", 2)).isEqualTo("ab");
    assertThat(Piece.last("c" + FACE + "ab", 3)).isEqualTo("ab");
    assertThat(Piece.last("c" + FACE + "ab", 4)).isEqualTo(FACE + "ab");
    assertThat(Piece.first(FACE, 0)).isEmpty();
    assertThat(Piece.last(FACE, 0)).isEmpty();
  }
}
