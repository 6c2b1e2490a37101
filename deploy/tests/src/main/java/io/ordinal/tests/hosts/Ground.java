package io.ordinal.tests.hosts;

import java.util.List;

/** What hosts are made of. Hosts are counted from 0. */
interface Ground extends AutoCloseable {
  /** Words before a command that make it run in the host. */
  List<String> inside(int host);

  String address(int host);

  /** Addresses that the host's own pods may have, in CIDR notation. */
  String podsOf(int host);

  /** Addresses that move with the cluster's pods from host to host. */
  String pool();

  /** Where the hosts reach us, who are in none of them. */
  String outside();

  /** Name of the network interface, as the host sees it. */
  String device();

  /** Every process in the host. */
  List<Long> processes(int host);

  /** Whether the process is in one of the hosts. */
  boolean owns(long pid);

  /** True when cables can be pulled and packets dropped. */
  boolean canCut();

  /** Pulls the host's cable, or plugs it in again. */
  void cable(int host, boolean plugged);

  /** Ends every process and removes what was made. */
  @Override
  void close();
}
