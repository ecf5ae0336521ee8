import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import type { StackContext } from "./context.ts";
import { explainOutput } from "./fault.ts";
import { lockHolderIn } from "./lock.ts";
import { readDiagnostics } from "./preview-output.ts";
import { runProgram } from "./run-program.ts";
import type { Session } from "./session.ts";

export type PulumiOptions = {
  /** "updating stack app-bappeda", for faults */
  doing: string;
  /** never shown, whoever says them */
  secrets?: readonly string[];
  onLine?: (line: string) => void;
  signal?: AbortSignal | undefined;
};

/**
 * One command of Pulumi on a stack. While it runs a file names its session, so that whoever comes after a crash can end it.
 *
 * @returns what it printed; refused where somebody else holds the stack
 * @throws StackFault
 */
export async function runPulumi(
  { home, tool, limits }: StackContext,
  stack: string,
  args: readonly string[],
  { doing, secrets = [], onLine, signal }: PulumiOptions,
): Promise<Outcome<string, "stack-locked">> {
  const file = sessionFileOf(home, stack);
  const ended = await runProgram({
    program: tool.program,
    args: [...args, "--stack", stack, "--non-interactive", "--color", "never"],
    cwd: tool.project,
    env: tool.env,
    doing,
    limits,
    signal,
    ...(onLine ? { onLine: (line: string) => onLine(redact(line, secrets)) } : {}),
    onStart: (session) => noteSession(file, session),
  });
  await rm(file, { force: true });
  if (ended.code === 0) return accept(ended.stdout);
  const said = redact(`${readDiagnostics(ended.stdout)}\n${ended.stderr}`, secrets);
  const holder = lockHolderIn(said);
  if (holder !== undefined) return refuse("stack-locked", { stack, ...holder });
  throw explainOutput(doing, said);
}

export function sessionFileOf(home: string, stack: string): string {
  return join(home, "pulumi", "running", `${stack}.json`);
}

async function noteSession(file: string, session: Session): Promise<void> {
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, JSON.stringify(session));
}

function redact(text: string, secrets: readonly string[]): string {
  return secrets.filter((each) => each !== "").reduce((left, secret) => left.replaceAll(secret, "[secret]"), text);
}
