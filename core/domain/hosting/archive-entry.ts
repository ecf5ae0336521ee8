import { shorten } from "../form/text.ts";

/** What an archive says of one of its entries. Its path may be anything. */
export type ArchiveEntry = {
  path: string;
  type: "file" | "folder" | "symlink" | "hard-link" | "device";
  /** The lower twelve bits; undefined where the archive comes from a system without them. */
  mode: number | undefined;
  sizeBytes: number;
  /** Where a link leads, as it is written. */
  target: string;
};

const longestShown = 200;

/** As a path of an archive is shown and kept: on one line, controls and what is no character written out. */
export function showPath(path: string): string {
  const escaped = path.toWellFormed().replace(/[\p{Cc}\p{Cf}\u2028\u2029\uFFFD]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return shorten(escaped, longestShown);
}

/** Without "." and empty parts; ".." stays. */
export function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** What package managers bring into a tree; it is public, and not the application's own. */
export function isOfDependency(path: string): boolean {
  return /(?:^|\/)(?:node_modules|vendor|bower_components|site-packages|dist-packages)\//.test(path);
}
