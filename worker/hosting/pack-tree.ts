import { createTarPacker, type TarHeader } from "modern-tar";
import { type ArchiveEntry, partsOf } from "../../core/domain/hosting/archive-entry.ts";
import type { MadeImage } from "../../core/domain/hosting/made-image.ts";
import type { Limits } from "../checks/limits.ts";
import type { Member } from "../checks/read-tar.ts";
import { drain } from "../checks/walk-archive.ts";
import { eachMember, listSound } from "./sound-members.ts";

type Packer = ReturnType<typeof createTarPacker>["controller"];

/**
 * The files of an archive as a tar that is unpacked at "/": below their folder, without the one folder that all are in, each
 * of the same user, with the modes 0644 and 0755. It is read twice.
 *
 * @param descriptor of the open file, which stays open
 * @returns ends with `Unreadable` where the archive cannot be read, or would write where it must not
 */
export function packTree(descriptor: number, image: MadeImage, limits: Limits): ReadableStream<Uint8Array> {
  const { readable, controller } = createTarPacker();
  pack(descriptor, image, limits, controller).then(
    () => controller.finalize(),
    (fault) => controller.error(fault),
  );
  return readable;
}

async function pack(descriptor: number, image: MadeImage, limits: Limits, packer: Packer): Promise<void> {
  const top = topOf(await listSound(descriptor, limits));
  const add = addTo(packer, image);
  for (const folder of [image.folder, ...image.kept]) await add.folder(folder);
  await eachMember(descriptor, limits, async ({ entry, content }) => {
    const parts = partsOf(entry.path);
    if (parts[0] === leftOut || parts.length <= top) return drain(content);
    await add.member(entry, parts.slice(top), content);
  });
}

/** What a Mac adds to each archive. */
const leftOut = "__MACOSX";

/** 1: all files are in one folder, which is only around them. */
function topOf(entries: readonly ArchiveEntry[]): 0 | 1 {
  const files = entries.filter(({ type }) => type !== "folder").map(({ path }) => partsOf(path));
  const own = files.filter(([first]) => first !== leftOut);
  const [first] = own[0] ?? [];
  return first !== undefined && own.every((parts) => parts.length > 1 && parts[0] === first) ? 1 : 0;
}

function addTo(packer: Packer, { folder: root, user }: MadeImage) {
  const mtime = new Date();
  const made = new Set<string>();
  const put = (header: TarHeader, content: Member["content"] | undefined) =>
    ReadableStream.from(content ?? []).pipeTo(packer.add({ ...header, ...user, mtime }));
  const folder = async (path: string) => {
    if (made.has(path)) return;
    made.add(path);
    await put({ name: `${path.slice(1)}/`, type: "directory", mode: 0o755, size: 0 }, undefined);
  };
  const member = async (entry: ArchiveEntry, parts: readonly string[], content: Member["content"]) => {
    const { type, mode = 0, sizeBytes: size, target } = entry;
    for (let length = 0; length < parts.length; length += 1) await folder([root, ...parts.slice(0, length)].join("/"));
    const path = [root, ...parts].join("/");
    const name = path.slice(1);
    if (type === "file") return put({ name, type, mode: (mode & 0o100) === 0 ? 0o644 : 0o755, size }, content);
    await drain(content);
    if (type === "folder") return folder(path);
    await put({ name, type: "symlink", linkname: target, mode: 0o777, size: 0 }, undefined);
  };
  return { folder, member };
}
