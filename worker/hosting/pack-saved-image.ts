import { createTarPacker } from "modern-tar";
import { z } from "zod";
import { partsOf } from "../../core/domain/hosting/archive-entry.ts";
import { finding } from "../../core/domain/hosting/check.ts";
import { parseJson } from "../../core/domain/hosting/checks/parse-json.ts";
import type { Bytes } from "../checks/bytes.ts";
import { type Limits, Unreadable } from "../checks/limits.ts";
import { readWhole } from "../checks/line-reader.ts";
import { drain } from "../checks/walk-archive.ts";
import { eachMember, listSound } from "./sound-members.ts";

type Packer = ReturnType<typeof createTarPacker>["controller"];

/** The listing by which an image is checked, and the only one that is loaded. */
const listing = "manifest.json";
/** Other listings, of older and newer forms: each gives names to images, too. */
const otherListings = ["repositories", "index.json", "oci-layout"];

/**
 * What `docker save` wrote, without the names of its images: whoever loads it gives the host an image and takes no name away from
 * another one. It is read twice.
 *
 * @param descriptor of the open file, which stays open
 * @returns ends with `Unreadable` where the archive cannot be read, or would write where it must not
 */
export function packSavedImage(descriptor: number, limits: Limits): ReadableStream<Uint8Array> {
  const { readable, controller } = createTarPacker();
  pack(descriptor, limits, controller).then(
    () => controller.finalize(),
    (fault) => controller.error(fault),
  );
  return readable;
}

async function pack(descriptor: number, limits: Limits, packer: Packer): Promise<void> {
  await listSound(descriptor, limits);
  const mtime = new Date();
  const put = (path: string, size: number, content: Bytes) =>
    ReadableStream.from(content).pipeTo(packer.add({ name: path, type: "file", mode: 0o644, size, mtime }));
  await eachMember(descriptor, limits, async ({ entry, content }) => {
    const { type, target, sizeBytes } = entry;
    const path = partsOf(entry.path).join("/");
    if (type === "file" && path === listing) {
      const text = Buffer.from(withoutNames(await textOf(content, sizeBytes, limits)));
      return put(path, text.length, bytesOf(text));
    }
    if (type === "file" && !otherListings.includes(path)) return put(path, sizeBytes, content);
    await drain(content);
    // A layer that is used twice is a link in older forms; a listing never is.
    if (type !== "symlink" || path === listing || otherListings.includes(path)) return;
    const link = { name: path, type: "symlink", linkname: target, mode: 0o777, size: 0, mtime } as const;
    await ReadableStream.from([]).pipeTo(packer.add(link));
  });
}

async function textOf(content: Bytes, sizeBytes: number, { mostTextBytes }: Limits): Promise<string> {
  if (sizeBytes > mostTextBytes) throw new Unreadable(finding("manifest-unreadable"));
  let text = "";
  const reader = readWhole((whole) => {
    text = whole;
  });
  for await (const chunk of content) reader.push(Buffer.from(chunk));
  reader.end();
  return text;
}

/** source: Docker image specification v1.2, "Combined Image JSON + Filesystem Changeset Format" */
const images = z.array(z.object({ Config: z.string(), Layers: z.array(z.string()) })).min(1);

/** Of each image what it is made of, and nothing else. */
function withoutNames(text: string): string {
  const known = parseJson(text, images);
  if (known === undefined) throw new Unreadable(finding("manifest-unreadable"));
  return JSON.stringify(known.map(({ Config, Layers }) => ({ Config, RepoTags: null, Layers })));
}

async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
