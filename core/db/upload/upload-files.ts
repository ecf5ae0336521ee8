import { createReadStream } from "node:fs";
import { mkdir, open, statfs } from "node:fs/promises";
import { join } from "node:path";

/** Below the files of the installation, so that a file that is whole is moved and not copied. */
export function uploadsFolder(filesFolder: string): string {
  return join(filesFolder, "uploads");
}

export function uploadPath(filesFolder: string, uploadId: number): string {
  return join(uploadsFolder(filesFolder), String(uploadId));
}

/** Makes it where it is missing. */
export async function makeUploadsFolder(filesFolder: string): Promise<string> {
  const folder = uploadsFolder(filesFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** What lies there of an upload, in bytes. After a crash there may be more than was recorded, after a restore less. */
export async function sizeOfUpload(filesFolder: string, uploadId: number): Promise<number> {
  try {
    await using file = await open(uploadPath(filesFolder, uploadId));
    return (await file.stat()).size;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw fault;
  }
}

/** Writes a part to its place, over what a crash may have left there; it is on the disk afterwards. */
export async function appendToUpload(
  filesFolder: string,
  { uploadId, offset, partPath }: { uploadId: number; offset: number; partPath: string },
): Promise<void> {
  await using file = await open(uploadPath(filesFolder, uploadId), offset === 0 ? "w" : "r+", 0o600);
  let position = offset;
  for await (const chunk of createReadStream(partPath) as AsyncIterable<Buffer>) {
    for (let written = 0; written < chunk.length; ) {
      const { bytesWritten } = await file.write(chunk, written, chunk.length - written, position);
      written += bytesWritten;
      position += bytesWritten;
    }
  }
  await file.datasync();
}

/** What others than root may still write to that disk. */
export async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
