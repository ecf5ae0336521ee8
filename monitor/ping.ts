import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { type Address, parseAddress, showAddress } from "../core/domain/ipam/address.ts";

/** Between two packets, of all: 500 a second load no link of an office. */
const betweenMilliseconds = 2;
const answerWithinMilliseconds = 500;
const repeats = 1;
/** A /16 in which nobody answers takes five minutes. */
const longestMilliseconds = 20 * 60_000;
const longestProblem = 400;

/** fping could not ask. */
export class PingFault extends Error {}

/**
 * Asks each address by ICMP whether it is there, twice where it is silent.
 *
 * @param addresses of both families
 * @returns those that answered; undefined where fping is not on PATH
 * @throws PingFault e.g. the process may not send ICMP
 */
export async function pingAll(addresses: readonly Address[], program = "fping"): Promise<Address[] | undefined> {
  const options = ["-a", "-q", "-r", repeats, "-t", answerWithinMilliseconds, "-i", betweenMilliseconds, "-B", 1];
  const fping = spawn(program, options.map(String), { timeout: longestMilliseconds, stdio: "pipe" });
  const ended = once(fping, "close");
  // It may end before it has read all.
  fping.stdin.on("error", () => undefined);
  fping.stdin.end(addresses.map((address) => `${showAddress(address)}\n`).join(""));
  try {
    const [answered, problem, [code, signal]] = await Promise.all([text(fping.stdout), text(fping.stderr), ended]);
    // 1: some did not answer.
    if (code !== 0 && code !== 1) {
      const why = problem.trim().slice(0, longestProblem) || `ended by ${signal ?? `exit code ${code}`}`;
      throw new PingFault(`asking ${addresses.length} addresses by fping: ${why}`);
    }
    return answered.split("\n").flatMap((line) => {
      const parsed = parseAddress(line);
      return parsed.ok ? [parsed.value] : [];
    });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fault;
  }
}
