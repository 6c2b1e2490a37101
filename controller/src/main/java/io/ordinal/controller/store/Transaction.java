package io.ordinal.controller.store;

import java.util.List;

/**
 * Steps that are applied together or not at all. Conditions are all judged on the state before the
 * first step.
 */
public record Transaction(List<Operation> operations) {
  public Transaction {
    operations = List.copyOf(operations);
  }

  public static Transaction of(Operation... operations) {
    return new Transaction(List.of(operations));
  }
}
