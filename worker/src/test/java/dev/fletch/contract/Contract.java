package dev.fletch.contract;

/** A test class that holds one implementation to what all of them owe. */
public interface Contract {
  /** An instance of what is held to the contract. */
  Object subject();
}
