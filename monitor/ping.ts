import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { type Address, parseAddress, showAddress } from "../core/domain/ipam/address.ts";

/** Between two packets, of all: 500 a second load no link of an office. */
const betweenMilliseconds = 2;
const answerWithinMilliseconds = 500;
const repeats = 1;
/** A /16 in which nobody answers takes five minutes. */
const longestMilliseconds = 10 * 60_000;
const longestProblem = 400;

/** fping could not ask, e.g. since the process may not send ICMP. */
export class PingFault extends Error {
  override name = "PingFault";
}

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
  try {
    const { answered, problem, code, ender } = await run(program, addresses, signal);
    // 1: some did not answer.
    if (code === 0 || code === 1) return answered.split("\n").flatMap(addressIn);
    const why = problem.trim().slice(0, longestProblem) || `it ended by ${ender ?? `exit code ${code}`}`;
    throw new PingFault(`${doing}: ${why}`);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return "no-fping";
    throw fault instanceof PingFault ? fault : new PingFault(doing, { cause: fault });
  }
}

async function run(program: string, addresses: readonly Address[], signal: AbortSignal) {
  const options = ["-a", "-q", "-r", repeats, "-t", answerWithinMilliseconds, "-i", betweenMilliseconds, "-B", 1];
  const { PATH = "" } = process.env;
  const fping = spawn(program, options.map(String), { signal, timeout: longestMilliseconds, env: { PATH } });
  const ended = once(fping, "close");
  // It may end before it has read all.
  fping.stdin.on("error", () => undefined);
  fping.stdin.end(addresses.map((address) => `${showAddress(address)}\n`).join(""));
  const [answered, problem, [code, ender]] = await Promise.all([text(fping.stdout), text(fping.stderr), ended]);
  return { answered, problem, code, ender };
}

function addressIn(line: string): Address[] {
  const parsed = parseAddress(line);
  return parsed.ok ? [parsed.value] : [];
}
