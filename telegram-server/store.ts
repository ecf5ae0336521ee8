import { createHash, randomInt } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { apply, type Change, changesFor, emptyState, type State } from "./state.ts";

/** The state and the files, kept in a folder or, without one, in memory. */
export type Store = {
  readonly state: State;
  /** Makes the changes and keeps them: all of them or, where the process dies, none. */
  write(changes: Change[]): void;
  /** @returns the name of the content (sha256, hex) */
  writeFile(bytes: Uint8Array): string;
  readFile(sha256: string): Promise<Buffer>;
  close(): void;
};

/** The journal cannot be read: somebody else wrote in it, or the disk lost a part of it. */
export class JournalFault extends Error {
  constructor(file: string, line: number, cause: unknown) {
    super(`reading the Telegram server's journal ${file}: line ${line} is not a list of changes`, { cause });
    this.name = "JournalFault";
  }
}

export function openStore(folder: string | undefined): Store {
  return folder === undefined ? memoryStore() : folderStore(folder);
}

function memoryStore(): Store {
  const state = newState();
  const files = new Map<string, Buffer>();
  return {
    state,
    write(changes) {
      for (const change of changes) apply(state, change);
    },
    writeFile(bytes) {
      const name = contentName(bytes);
      files.set(name, Buffer.from(bytes));
      return name;
    },
    async readFile(sha256) {
      const bytes = files.get(sha256);
      if (bytes === undefined) throw new Error(`reading file ${sha256}: it was never stored`);
      return bytes;
    },
    close() {},
  };
}

/**
 * `journal.jsonl` holds one line for each write, a list of changes; a line that a crash cut off at the end is dropped. It is
 * rewritten to its shortest at every open. Nothing waits for the disk: this outlives `kill -9`, not a power failure.
 */
function folderStore(folder: string): Store {
  const filesFolder = path.join(folder, "files");
  fs.mkdirSync(filesFolder, { recursive: true, mode: 0o700 });
  const journal = path.join(folder, "journal.jsonl");
  const state = replay(journal);
  compact(journal, state);
  const descriptor = fs.openSync(journal, "a");
  let sizeBytes = fs.fstatSync(descriptor).size;
  let isClosed = false;
  return {
    state,
    write(changes) {
      // The number of a closed descriptor may be another file's by now.
      if (isClosed) throw new Error("writing the Telegram server's journal: the server is closed");
      const line = Buffer.from(`${JSON.stringify(changes)}\n`);
      try {
        fs.appendFileSync(descriptor, line);
      } catch (error) {
        fs.ftruncateSync(descriptor, sizeBytes);
        throw error;
      }
      sizeBytes += line.length;
      for (const change of changes) apply(state, change);
    },
    writeFile(bytes) {
      const name = contentName(bytes);
      const file = path.join(filesFolder, name);
      if (fs.existsSync(file)) return name;
      fs.writeFileSync(`${file}.part`, bytes, { mode: 0o600 });
      fs.renameSync(`${file}.part`, file);
      return name;
    },
    readFile: (sha256) => fs.promises.readFile(path.join(filesFolder, sha256)),
    close() {
      isClosed = true;
      fs.closeSync(descriptor);
    },
  };
}

function replay(journal: string): State {
  const state = newState();
  if (!fs.existsSync(journal)) return state;
  const lines = fs.readFileSync(journal, "utf8").split("\n");
  // What stands behind the last line feed is empty, or a line that a crash cut off.
  lines.pop();
  for (const [index, line] of lines.entries()) {
    try {
      for (const change of JSON.parse(line) as Change[]) apply(state, change);
    } catch (error) {
      throw new JournalFault(journal, index + 1, error);
    }
  }
  return state;
}

function compact(journal: string, state: State): void {
  let text = "";
  for (const change of changesFor(state)) text += `${JSON.stringify([change])}\n`;
  const descriptor = fs.openSync(`${journal}.new`, "w", 0o600);
  fs.writeFileSync(descriptor, text);
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
  fs.renameSync(`${journal}.new`, journal);
}

function newState(): State {
  return emptyState(randomInt(100_000_000, 900_000_000));
}

function contentName(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
