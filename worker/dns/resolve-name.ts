import { Resolver } from "node:dns/promises";
import type { Address } from "../../core/domain/ipam/address.ts";
import { addressOf } from "../../core/domain/ipam/address.ts";

const timeoutMs = 3_000;
const tries = 2;
/** A name that leads to more is looked at no further. */
const mostAddresses = 32;

/** That a name has no such address is an answer, too. */
const noneCodes = new Set(["ENOTFOUND", "ENODATA"]);

export type Resolve = (name: string) => Promise<Address[] | "no-answer">;

/** @param servers "10.1.0.53" or "10.1.0.53:5353"; none: the resolver of this machine */
export function openResolver(servers: readonly string[]): Resolve {
  const resolver = new Resolver({ timeout: timeoutMs, tries });
  if (servers.length > 0) resolver.setServers(servers);
  return async (name) => {
    const v4 = await ask(() => resolver.resolve4(name));
    const v6 = v4 === "no-answer" ? v4 : await ask(() => resolver.resolve6(name));
    if (v4 === "no-answer" || v6 === "no-answer") return "no-answer";
    return [...v4, ...v6].slice(0, mostAddresses).map((address) => addressOf(withoutMapping(address)));
  };
}

async function ask(question: () => Promise<string[]>): Promise<string[] | "no-answer"> {
  try {
    return await question();
  } catch (fault) {
    return noneCodes.has((fault as NodeJS.ErrnoException).code ?? "") ? [] : "no-answer";
  }
}

/** "::ffff:10.1.2.3", which no name should have and some have, is 10.1.2.3. */
function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
