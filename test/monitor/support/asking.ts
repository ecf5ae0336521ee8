import { addressOf, showAddress } from "../../../core/domain/ipam/address.ts";
import type { Asking } from "../../../monitor/answer.ts";

/** The product asks no loopback address; a test names those that it made servers on. */
export function askingOf(
  allowed: readonly string[],
  { signal = never, nameServers = [] }: Partial<Asking> = {},
): Asking {
  const shown = new Set(allowed.map((each) => showAddress(addressOf(each))));
  return { mayAsk: (address) => shown.has(showAddress(address)), signal, nameServers };
}

export const never = new AbortController().signal;
