import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

const longestProblem = 400;

/** fping could not ask: it is not on PATH ("no-fping"), or e.g. the process may not send ICMP. */
export class PingFault extends Error {
  override name = "PingFault";
  readonly code: "no-fping" | "failed";

  constructor(message: string, { code = "failed", ...options }: ErrorOptions & { code?: "no-fping" | "failed" } = {}) {
    super(message, options);
    this.code = code;
  }
}

type Fping = {
  /** for the fault's text */
  doing: string;
  program: string;
  options: readonly (string | number)[];
  addresses: readonly string[];
  longestMs: number;
  signal: AbortSignal;
};

/**
 * Runs fping over these addresses, which it reads from its input: they are no arguments.
 *
 * @returns what it wrote, and how it ended in words
 * @throws PingFault it did not start, or was ended
 */
export async function runFping({ doing, program, options, addresses, longestMs, signal }: Fping) {
  try {
    const { PATH = "" } = process.env;
    const fping = spawn(program, options.map(String), { signal, timeout: longestMs, env: { PATH } });
    const ended = once(fping, "close");
    // It may end before it has read all.
    fping.stdin.on("error", () => undefined);
    fping.stdin.end(addresses.map((address) => `${address}\n`).join(""));
    const [answered, problem, [code, ender]] = await Promise.all([text(fping.stdout), text(fping.stderr), ended]);
    const ending = problem.trim().slice(0, longestProblem) || `it ended by ${ender ?? `exit code ${code}`}`;
    return { answered, problem, ending, code };
  } catch (fault) {
    const isMissing = (fault as NodeJS.ErrnoException).code === "ENOENT";
    throw new PingFault(doing, { cause: fault, code: isMissing ? "no-fping" : "failed" });
  }
}
