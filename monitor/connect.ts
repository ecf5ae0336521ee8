import { once } from "node:events";
import { connect, type LookupFunction, type Socket } from "node:net";
import { type Address, showAddress } from "../core/domain/ipam/address.ts";
import type { Problem } from "../core/domain/monitoring/sample.ts";
import type { Asking } from "./answer.ts";
import { resolveAllowed } from "./resolve.ts";

const problemOf: Partial<Record<string, Problem>> = { ECONNREFUSED: "refused", ETIMEDOUT: "timeout" };

export type Connected = { socket: Socket /** of the handshake, on the monotonic clock */; begin: number };

/**
 * Connects to a host, to none of its addresses but those that may be asked; of several, as RFC 8305 says, to the one
 * that answers.
 *
 * @returns what the caller destroys, or why there is none
 */
export async function connectTo(host: string, port: number, asking: Asking): Promise<Connected | Problem> {
  const addresses = await resolveAllowed(host, asking);
  if (typeof addresses === "string") return addresses;
  const begin = performance.now();
  const socket = connect({ ...towards(addresses), port, signal: asking.signal });
  // What comes after it is connected is told to who reads from it.
  socket.on("error", () => undefined);
  try {
    await once(socket, "connect", { signal: asking.signal });
    return { socket, begin };
  } catch (fault) {
    socket.destroy();
    return asking.signal.aborted ? "timeout" : problemOfFault(fault);
  }
}

export function problemOfFault(fault: unknown): Problem {
  return problemOf[(fault as NodeJS.ErrnoException).code ?? ""] ?? "no-answer";
}

function towards(addresses: readonly Address[]) {
  const [only, ...more] = addresses.map(showAddress);
  if (more.length === 0) return { host: only };
  const all = addresses.map((each) => ({ address: showAddress(each), family: each.family }));
  const lookup: LookupFunction = (_name, _options, give) => give(null, all);
  return { host: "resolved", lookup, autoSelectFamily: true };
}
