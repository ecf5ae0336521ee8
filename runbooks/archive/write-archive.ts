import { createHash } from "node:crypto";
import { chmod, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isAlive } from "../../core/db/postgres/postgres-cluster.ts";
import { flushFolder } from "../../core/db/postgres/state-folder.ts";
import { type Manifest, type Member, manifestHash, manifestHashName, manifestName } from "./manifest.ts";
import { blockBytes, paddingOf, tarHeader } from "./tar-header.ts";

const readAtOnceBytes = 1024 * 1024;

/** An archive (tar) that is being written; it has another name until it is whole, and is gone when it does not get so far. */
export type ArchiveWriter = AsyncDisposable & {
  /**
   * The file as long as it is now: what is added meanwhile is left out, what is cut off meanwhile becomes zeros.
   *
   * @returns false: there is none any more, and nothing was written
   */
  addFile(path: string, from: string): Promise<boolean>;
  addBytes(path: string, bytes: Buffer): Promise<void>;
  /** Writes the list of all members as the last one, and gives the archive its name. */
  finish(about: Omit<Manifest, "members">): Promise<{ sizeBytes: number }>;
};

/** @param path where it is to be; its folder is made where it is missing, for its owner only */
export async function openArchive(path: string): Promise<ArchiveWriter> {
  const folder = dirname(path);
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) await chmod(folder, 0o700);
  await removeUnfinished(folder);
  const unfinished = `${path}.unfinished-${process.pid}`;
  const file = await open(unfinished, "wx", 0o600);
  const members: Member[] = [];
  let sizeBytes = 0;
  let isFinished = false;

  const write = async (bytes: Buffer) => {
    for (let written = 0; written < bytes.length; ) {
      written += (await file.write(bytes, written)).bytesWritten;
    }
    sizeBytes += bytes.length;
  };

  /** @param read gives the content in pieces, at most as much as it is asked for */
  const add = async (memberPath: string, length: number, read: (most: number) => Promise<Buffer>) => {
    const hash = createHash("sha256");
    await write(tarHeader(memberPath, length));
    for (let left = length; left > 0; ) {
      const piece = await read(Math.min(left, readAtOnceBytes));
      const bytes = piece.length > 0 ? piece : Buffer.alloc(Math.min(left, readAtOnceBytes));
      hash.update(bytes);
      await write(bytes);
      left -= bytes.length;
    }
    await write(Buffer.alloc(paddingOf(length)));
    members.push({ path: memberPath, sizeBytes: length, sha256: hash.digest("hex") });
  };

  const addBytes = (memberPath: string, bytes: Buffer) => {
    let at = 0;
    return add(memberPath, bytes.length, async (most) => {
      const piece = bytes.subarray(at, at + most);
      at += piece.length;
      return piece;
    });
  };

  return {
    addBytes,
    async addFile(memberPath, from) {
      await using source = await open(from).catch(undefinedWhenMissing);
      if (source === undefined) return false;
      const { size } = await source.stat();
      await add(memberPath, size, async (most) => {
        const { buffer, bytesRead } = await source.read(Buffer.allocUnsafe(most), 0, most);
        return buffer.subarray(0, bytesRead);
      });
      return true;
    },
    async finish(about) {
      const manifest: Manifest = { ...about, members: [...members] };
      const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
      await addBytes(manifestName, text);
      await addBytes(manifestHashName, Buffer.from(manifestHash(text)));
      await write(Buffer.alloc(2 * blockBytes));
      await file.sync();
      await rename(unfinished, path);
      isFinished = true;
      await flushFolder(folder);
      return { sizeBytes };
    },
    async [Symbol.asyncDispose]() {
      await file.close();
      if (!isFinished) await rm(unfinished, { force: true });
    },
  };
}

/** What backups left behind that were killed. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = /^simpul-.+\.unfinished-(\d+)$/.exec(basename(name))?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

function undefinedWhenMissing(fault: NodeJS.ErrnoException): undefined {
  if (fault.code === "ENOENT") return undefined;
  throw fault;
}
