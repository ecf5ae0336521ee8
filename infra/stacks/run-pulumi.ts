import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
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
  context: StackContext,
  stack: string,
  args: readonly string[],
  options: PulumiOptions,
): Promise<Outcome<string, "stack-locked">> {
  const { home, tool, limits } = context;
  const { doing, secrets = [], onLine, signal } = options;
  let file = "";
  const run = {
    program: tool.program,
    args: [...args, "--stack", stack, "--non-interactive", "--color", "never"],
    cwd: tool.project,
    env: tool.env,
    doing,
    limits,
    signal,
    ...(onLine ? { onLine: (line: string) => onLine(redact(line, secrets)) } : {}),
    onStart: async (session: Session) => {
      file = await noteSession(home, stack, session);
    },
  };
  const ended = await context.inTurn(() => runProgram(run)).finally(() => file !== "" && rm(file, { force: true }));
  if (ended.code === 0) return accept(ended.stdout);
  const said = redact(`${readDiagnostics(ended.stdout)}\n${ended.stderr}`, secrets);
  const holder = lockHolderIn(said);
  if (holder !== undefined) return refuse("stack-locked", { stack, ...holder });
  if (isStateBegunByAnother(said)) return runPulumi(context, stack, args, options);
  throw explainOutput(doing, said, { writesHere: true });
}

/** Two that open an empty state at once both make its table, and whoever is later fails; the next time it is there. */
function isStateBegunByAnother(said: string): boolean {
  return /failed to create table .*\b23505\b/.test(said);
}

/** What is under way on a stack, or was when a process of ours died. @returns the sessions, by the files that name them */
export async function listSessions(home: string, stack: string): Promise<Map<string, Session>> {
  const folder = sessionsFolder(home, stack);
  const names = await readdir(folder).catch(() => []);
  const sessions = new Map<string, Session>();
  for (const name of names) {
    const file = join(folder, name);
    const text = await readFile(file, "utf8").catch(() => "");
    const { data } = session.safeParse(parsedOrNone(text));
    if (data !== undefined) sessions.set(file, data);
  }
  return sessions;
}

const session = z.object({ pid: z.int(), startedAt: z.int() });

/** A crash may have cut it off. */
function parsedOrNone(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Several at once: a preview, and what reads the state. */
function sessionsFolder(home: string, stack: string): string {
  return join(home, "pulumi", "running", stack);
}

async function noteSession(home: string, stack: string, { pid, startedAt }: Session): Promise<string> {
  const folder = sessionsFolder(home, stack);
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${pid}.json`);
  await writeFile(file, JSON.stringify({ pid, startedAt }));
  return file;
}

function redact(text: string, secrets: readonly string[]): string {
  return secrets.filter((each) => each !== "").reduce((left, secret) => left.replaceAll(secret, "[secret]"), text);
}
