import { type ArchiveEntry, partsOf, showPath } from "../archive-entry.ts";
import { type Finding, type FindingCode, finding } from "../check.ts";
import { leadsOut } from "./link-target.ts";

/** In bytes of UTF-8. Linux takes 4096, but what is unpacked goes into a folder with a path of its own. */
const longestPath = 1024;
const longestPart = 255;

/** In a layer of an image, its own root is around all links, and hard links and device files of a system are as usual. */
export type Surroundings = "application" | "image-layer";

/** What is wrong with the paths and kinds of an archive's entries: what would lie outside, over one another, or be no file. */
export function problemsOfEntries(entries: readonly ArchiveEntry[], within: Surroundings = "application"): Finding[] {
  const sound = entries.filter(({ path }) => isSoundPath(path));
  return [
    ...entries.flatMap(({ path }) => asFinding(path, problemOfPath(path))),
    ...problemsTogether(sound),
    ...(within === "application" ? sound.flatMap(problemOfType) : layerProblems(sound)),
    ...(within === "application" ? linkProblems(sound) : []),
  ];
}

export function isSoundPath(path: string): boolean {
  return problemOfPath(path) === undefined;
}

function problemOfPath(path: string): FindingCode | undefined {
  if (/\p{Cc}/u.test(path) || path !== path.toWellFormed() || path.includes("\uFFFD")) return "path-control-characters";
  if (path.includes("\\")) return "path-backslash";
  if (path.startsWith("/") || /^[a-z]:/i.test(path)) return "path-absolute";
  const parts = path.split("/");
  if (parts.includes("..")) return "path-outside";
  if (path === "") return "path-empty";
  const isTooLong =
    Buffer.byteLength(path) > longestPath || parts.some((part) => Buffer.byteLength(part) > longestPart);
  return isTooLong ? "path-too-long" : undefined;
}

/** Paths that are there twice, also for a system that does not tell capitals or forms of a letter apart, or go through what is no folder. */
function problemsTogether(entries: readonly ArchiveEntry[]): Finding[] {
  const found: Finding[] = [];
  const kinds = new Map<string, ArchiveEntry["type"]>();
  const folded = new Map<string, string>();
  for (const { path, type } of entries) {
    const plain = partsOf(path).join("/");
    const before = kinds.get(plain);
    if (before !== undefined && !(before === "folder" && type === "folder"))
      found.push(...asFinding(path, "path-twice"));
    kinds.set(plain, type);
    const other = folded.get(foldedOf(plain));
    if (other === undefined) folded.set(foldedOf(plain), plain);
    else if (other !== plain) {
      found.push(finding("path-differs-by-case", { path: showPath(plain), other: showPath(other) }));
    }
  }
  return [...found, ...entries.flatMap(({ path }) => asFinding(path, problemOfWay(path, kinds)))];
}

function foldedOf(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

function problemOfWay(path: string, kinds: ReadonlyMap<string, ArchiveEntry["type"]>): FindingCode | undefined {
  const parts = partsOf(path);
  for (let length = 1; length < parts.length; length += 1) {
    const kind = kinds.get(parts.slice(0, length).join("/"));
    if (kind === "symlink") return "path-through-link";
    if (kind !== undefined && kind !== "folder") return "path-through-file";
  }
  return undefined;
}

function problemOfType({ path, type }: ArchiveEntry): Finding[] {
  if (type === "hard-link") return asFinding(path, "hard-link");
  return type === "device" ? asFinding(path, "device") : [];
}

function linkProblems(entries: readonly ArchiveEntry[]): Finding[] {
  const links = new Map(
    entries.filter(({ type }) => type === "symlink").map(({ path, target }) => [partsOf(path).join("/"), target]),
  );
  return [...links].flatMap(([path, target]) => {
    if (!leadsOut(path, links)) return [];
    return [finding("link-outside", { path: showPath(path), target: showPath(target) })];
  });
}

function layerProblems(entries: readonly ArchiveEntry[]): Finding[] {
  return entries.flatMap(({ path, type, target }) => {
    if (type === "device" && partsOf(path)[0] !== "dev") return asFinding(path, "device");
    const isOut = type === "hard-link" && problemOfPath(target.replace(/^\/+/, "")) !== undefined;
    return isOut ? [finding("link-outside", { path: showPath(path), target: showPath(target) })] : [];
  });
}

function asFinding(path: string, code: FindingCode | undefined): Finding[] {
  return code === undefined ? [] : [finding(code, { path: showPath(path) })];
}
