import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { type Address, addressOf, parseAddress } from "../core/domain/ipam/address.ts";
import type { NameFound } from "../core/domain/monitoring/check-name.ts";
import type { Asking } from "./answer.ts";

/** One question to one server, and how often it is put: a packet may be lost. */
const question = { timeout: 2_000, tries: 2 };
/** A name that leads to more is followed no further. */
const mostAddresses = 8;

/** That a name has no such address is an answer, too. */
const noneCodes = new Set(["ENOTFOUND", "ENODATA"]);

/** Nobody answered there. Another fault is an answer: that the server cannot say. */
const silentCodes = new Set(["ETIMEOUT", "ECANCELLED", "ECONNREFUSED"]);

export type Unresolved = Exclude<NameFound, "found">;

/**
 * The addresses of a host which may be asked. Who connects takes these and asks for the name no second time, since the
 * second answer may be another one.
 *
 * Names are asked of name servers and not of the system (`getaddrinfo` occupies one of four threads while a server is
 * silent), so that /etc/hosts has no say.
 *
 * @param host a name or an address, an IPv6 one also in brackets
 */
export async function resolveAllowed(host: string, asking: Asking): Promise<Address[] | Unresolved> {
  const found = await addressesOf(host.replace(/^\[(.*)\]$/, "$1"), asking);
  if (typeof found === "string") return found;
  const allowed = found.filter(asking.mayAsk);
  return allowed.length > 0 ? allowed : "address-forbidden";
}

async function addressesOf(host: string, asking: Asking): Promise<Address[] | Unresolved> {
  if (isIP(host) !== 0) {
    const parsed = parseAddress(host);
    // IPv4 within IPv6, or with a zone: no network of the profile holds it.
    return parsed.ok ? [parsed.value] : "address-forbidden";
  }
  const found = await lookUp(host, [4, 6], asking);
  if (typeof found === "string") return "resolver-silent";
  return found.length > 0 ? found.slice(0, mostAddresses) : "name-unknown";
}

/**
 * The addresses of either family: old servers are silent about, or fail at, the one that a name does not have (RFC 4074).
 *
 * @returns "failed": a server answered that it cannot, e.g. SERVFAIL
 */
export async function lookUp(
  name: string,
  families: readonly (4 | 6)[],
  { nameServers, signal }: Pick<Asking, "nameServers" | "signal">,
): Promise<Address[] | "silent" | "failed"> {
  if (signal.aborted) return "silent";
  const resolver = new Resolver(question);
  if (nameServers.length > 0) resolver.setServers(nameServers);
  const cancel = () => resolver.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const ask = (family: 4 | 6) => (family === 4 ? resolver.resolve4(name) : resolver.resolve6(name));
    const asked = await Promise.allSettled(families.map((family) => ask(family).catch(noneOf)));
    if (signal.aborted) return "silent";
    const found = asked.flatMap((each) => (each.status === "fulfilled" ? each.value.flatMap(addressIn) : []));
    const faults = asked.flatMap((each) => (each.status === "rejected" ? [each.reason as NodeJS.ErrnoException] : []));
    if (found.length > 0 || faults.length === 0) return found;
    return faults.some(({ code }) => silentCodes.has(code ?? "")) ? "silent" : "failed";
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

function noneOf(fault: NodeJS.ErrnoException): string[] {
  if (noneCodes.has(fault.code ?? "")) return [];
  throw fault;
}

/** "::ffff:10.1.2.3", which no name should have, counts as no address. */
function addressIn(answer: string): Address[] {
  return parseAddress(answer).ok ? [addressOf(answer)] : [];
}
