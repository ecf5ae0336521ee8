import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { environmentOrExit } from "../config/environment-or-exit.ts";
import { connect } from "../core/db/database.ts";
import { listPending } from "../core/db/migrate.ts";
import { reachDatabase } from "../core/db/postgres/reach-database.ts";
import { explainFault } from "../core/domain/operator-fault.ts";
import { exportJournal } from "./journal-export.ts";
import { verifyJournalFile } from "./journal-file.ts";
import { describeExport, describeVerified, whyNotExported, whyNotVerified } from "./journal-words.ts";

const usage = `Writes the sealed journal into a file, or verifies such a file without anything else.

  npm run journal -- export FILE
  npm run journal -- verify FILE [--head HASH]

HASH is a head that was published: the newest message pinned in the chat of TELEGRAM_JOURNAL_CHAT. For example:

  npm run journal -- export /tmp/journal.jsonl
  npm run journal -- verify /tmp/journal.jsonl --head 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
`;

type Command = { name: "export"; path: string } | { name: "verify"; path: string; head?: string };

const command = readCommand(process.argv.slice(2));
try {
  process.exitCode = await (command.name === "export" ? runExport(command.path) : runVerify(command));
} catch (fault) {
  process.stderr.write(`${explainFault(fault)}\n`);
  process.exitCode = 1;
}

async function runExport(path: string): Promise<number> {
  const environment = environmentOrExit();
  await using database = await reachDatabase(environment);
  const pending = await listPending(database.config);
  if (pending.length > 0) {
    process.stderr.write(`The database is not that of this version yet (${pending.join(", ")}): start Simpul once.\n`);
    return 1;
  }
  const { db, close } = connect(database.config, { as: "application", max: 1 });
  try {
    const exported = await exportJournal(db, path, new Date());
    if (exported.ok) process.stdout.write(describeExport(exported, path));
    else process.stderr.write(`${whyNotExported(exported)} Nothing was written.\n`);
    return exported.ok ? 0 : 1;
  } finally {
    await close();
  }
}

async function runVerify({ path, head }: Extract<Command, { name: "verify" }>): Promise<number> {
  const verdict = await verifyJournalFile(path, head);
  if (verdict.ok) process.stdout.write(describeVerified(verdict, path));
  else process.stderr.write(`${path} does NOT hold. ${whyNotVerified(verdict)}\n`);
  return verdict.ok ? 0 : 1;
}

/** Or the usage, and an end with code 2. */
function readCommand(given: string[]): Command {
  try {
    const { positionals, values } = parseArgs({
      args: given,
      allowPositionals: true,
      options: { head: { type: "string" } },
    });
    const [name, file, ...others] = positionals;
    const head = values.head?.toLowerCase();
    if (file === undefined || file === "" || others.length > 0) return exitWithUsage();
    // npm works in the folder of package.json, whoever calls it from elsewhere.
    const path = resolve(process.env.INIT_CWD ?? ".", file);
    if (name === "export" && head === undefined) return { name, path };
    if (name === "verify" && head === undefined) return { name, path };
    if (name === "verify" && head !== undefined && /^[0-9a-f]{64}$/.test(head)) return { name, path, head };
    return exitWithUsage(head === undefined ? undefined : "--head takes 64 digits from 0 to f, with verify only.");
  } catch (fault) {
    return exitWithUsage((fault as Error).message);
  }
}

function exitWithUsage(problem?: string): never {
  process.stderr.write(problem === undefined ? usage : `${problem}\n\n${usage}`);
  process.exit(2);
}
