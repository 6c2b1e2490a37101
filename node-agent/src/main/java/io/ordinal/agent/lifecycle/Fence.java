package io.ordinal.agent.lifecycle;

import io.ordinal.protocol.agent.AgentCommand;

/**
 * Whether a life ends with its session's lease, or is kept. Pure.
 *
 * @param basis of the word that made it so; 0 when the life began so
 */
public record Fence(boolean fenced, long basis) {

  /** Whether the word is later than what made this fence; at the same basis a fence stands. */
  public boolean yieldsTo(AgentCommand.SetFenced word) {
    return word.basis() > basis || word.basis() == basis && word.fenced() && !fenced;
  }

  /** What the word asks for. */
  public static Fence of(AgentCommand.SetFenced word) {
    return new Fence(word.fenced(), word.basis());
  }
}
