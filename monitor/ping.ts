import { type Address, parseAddress, showAddress } from "../core/domain/ipam/address.ts";
import { PingFault, runFping } from "./fping.ts";

/** Between two packets, of all: 500 a second load no link of an office. */
const betweenMilliseconds = 2;
const answerWithinMilliseconds = 500;
const repeats = 1;
/** A /16 in which nobody answers takes five minutes. */
const longestMs = 10 * 60_000;

/**
 * Asks each address by ICMP whether it is there, twice where it is silent.
 *
 * @param addresses of both families
 * @param signal ends fping
 * @returns those that answered, or that fping is not on PATH
 * @throws PingFault
 */
export async function pingAll(
  addresses: readonly Address[],
  signal: AbortSignal,
  program = "fping",
): Promise<Address[] | "no-fping"> {
  const doing = `asking ${addresses.length} addresses by ${program}`;
  const options = ["-a", "-q", "-r", repeats, "-t", answerWithinMilliseconds, "-i", betweenMilliseconds, "-B", 1];
  try {
    const shown = addresses.map(showAddress);
    const { answered, ending, code } = await runFping({ doing, program, options, addresses: shown, longestMs, signal });
    // 1: some did not answer.
    if (code === 0 || code === 1) return answered.split("\n").flatMap(addressIn);
    throw new PingFault(`${doing}: ${ending}`);
  } catch (fault) {
    if (fault instanceof PingFault && fault.code === "no-fping") return "no-fping";
    throw fault;
  }
}

function addressIn(line: string): Address[] {
  const parsed = parseAddress(line);
  return parsed.ok ? [parsed.value] : [];
}
