import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { residentMegabytes } from "../memory.ts";

/** A program of this folder in a process of its own, which says things line by line. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  /** @param options.flags of Node */
  constructor(
    program: string,
    args: readonly string[] = [],
    { env = {}, flags = [] }: { env?: NodeJS.ProcessEnv; flags?: readonly string[] } = {},
  ) {
    this.#process = spawn(process.execPath, [...flags, join(import.meta.dirname, program), ...args], {
      stdio: "pipe",
      env: { ...process.env, ...env },
    });
    this.#process.stderr.pipe(process.stderr);
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** @throws Error it has ended instead */
  async nextLine(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`a process of the benchmark has ended: ${this.#process.spawnargs.at(1)}`);
    return value;
  }

  /** An order, and what it answers. */
  async ask<Answer>(order: object): Promise<Answer> {
    this.#process.stdin.write(`${JSON.stringify(order)}\n`);
    return JSON.parse(await this.nextLine()) as Answer;
  }

  megabytes(): Promise<number> {
    return residentMegabytes(this.#process.pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    await ended;
  }
}
