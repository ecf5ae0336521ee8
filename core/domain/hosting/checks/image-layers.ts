import { type ArchiveEntry, isOfDependency, partsOf } from "../archive-entry.ts";
import type { ApplicationFiles } from "./application-files.ts";
import { isSoundPath } from "./archive-sane.ts";

/** What one layer of an image does to those below it. Paths have neither "." nor empty parts, nor a "/" at either end. */
export type Layer = {
  /** of its files that may be of an application */
  paths: Set<string>;
  /** of small ones of them */
  texts: Map<string, string>;
  /** What is no more, or something else, with all below it. */
  hides: Set<string>;
};

export function emptyLayer(): Layer {
  return { paths: new Set(), texts: new Map(), hides: new Set() };
}

/** source: Open Container Initiative, image specification v1.1, "Image Layer Filesystem Changeset", part "Whiteouts" */
const whiteout = ".wh.";
const opaque = ".wh..wh..opq";

/** A path that leads elsewhere, for which its own check fails, says nothing of what is here. */
export function addToLayer(layer: Layer, { path, type }: Pick<ArchiveEntry, "path" | "type">): void {
  if (!isSoundPath(path)) return;
  const parts = partsOf(path);
  const name = parts.at(-1) ?? "";
  const folder = parts.slice(0, -1);
  if (name === opaque) layer.hides.add(folder.join("/"));
  else if (name.startsWith(whiteout)) layer.hides.add([...folder, name.slice(whiteout.length)].join("/"));
  else if (type === "file" || type === "hard-link") addFile(layer, parts.join("/"));
  else if (type !== "folder") layer.hides.add(parts.join("/"));
}

function addFile({ paths }: Layer, path: string): void {
  if (mayBeOfApplication(path)) paths.add(path);
}

/** What packages of a system bring is public; applications are put elsewhere, also below /usr. */
export function isOfSystem(path: string): boolean {
  if (/^usr\/(?:src|local\/(?:app|apache2\/htdocs|tomcat\/webapps)|share\/(?:nginx\/html|caddy))\//.test(path))
    return false;
  return /^(?:usr|lib\w*|s?bin|boot|var\/lib\/(?:dpkg|apt)|etc\/(?:ssl\/certs|apt|alternatives)|opt\/yarn-[^/]*)\//.test(
    path,
  );
}

/** Neither of a system, nor its settings and data, nor a package that an application brings. */
function mayBeOfApplication(path: string): boolean {
  if (isOfSystem(path) || isOfDependency(path)) return false;
  return !/^(?:etc|dev|proc|run|sys|tmp|var\/(?:backups|cache|lib|log|mail|run|spool|tmp)|root\/\.\w+)\//.test(path);
}

/** The files of an image as a container of it sees them. @param layers from the lowest on */
export function filesOfLayers(layers: readonly Layer[]): ApplicationFiles {
  const paths = new Set<string>();
  const texts = new Map<string, string>();
  const hidden = new Set<string>();
  for (const layer of layers.toReversed()) {
    for (const path of layer.paths) {
      if (paths.has(path) || isHidden(path, hidden)) continue;
      paths.add(path);
      const text = layer.texts.get(path);
      if (text !== undefined) texts.set(path, text);
    }
    for (const path of layer.hides) hidden.add(path);
    for (const path of layer.paths) hidden.add(path);
  }
  return { paths, texts };
}

/** It, or a folder that it is in. */
function isHidden(path: string, hidden: ReadonlySet<string>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
    if (hidden.has(path.slice(0, end))) return true;
  }
  return hidden.has("");
}
