import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { flushFolder } from "../postgres/state-folder.ts";

/** Keeps secrets so that the database, or a backup of it, does not tell them without the key beside it. */
export type Seal = {
  /** @param about whose it is: it opens with the same only */
  close(secret: string, about: Buffer): Buffer;
  /** @throws it was closed with another key, or for something else, or was changed */
  open(sealed: Buffer, about: Buffer): string;
};

const algorithm = "aes-256-gcm";
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** The key of that file, which is made where it is missing; of several processes one makes it. */
export async function openSeal(path: string): Promise<Seal> {
  const key = await readKey(path).catch(async (fault: NodeJS.ErrnoException) => {
    if (fault.code !== "ENOENT") throw fault;
    await makeKey(path);
    return readKey(path);
  });
  return sealWith(key);
}

export function sealWith(key: Buffer): Seal {
  return {
    close(secret, about) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(about);
      const closed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), closed]);
    },
    open(sealed, about) {
      const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
        .setAAD(about)
        .setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
      const closed = sealed.subarray(nonceBytes + tagBytes);
      return Buffer.concat([decipher.update(closed), decipher.final()]).toString("utf8");
    },
  };
}

async function readKey(path: string): Promise<Buffer> {
  const key = Buffer.from((await readFile(path, "utf8")).trim(), "base64url");
  if (key.length !== keyBytes)
    throw new Error(`reading the key ${path}: it has ${key.length} bytes instead of ${keyBytes}`);
  return key;
}

/** Whole at once: who comes second finds the first one's key. */
async function makeKey(path: string): Promise<void> {
  const draft = join(dirname(path), `.key-${randomUUID()}`);
  await writeFile(draft, `${randomBytes(keyBytes).toString("base64url")}\n`, { mode: 0o600, flush: true, flag: "wx" });
  try {
    await link(draft, path);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== "EEXIST") throw fault;
  } finally {
    await rm(draft, { force: true });
  }
  await flushFolder(dirname(path));
}
