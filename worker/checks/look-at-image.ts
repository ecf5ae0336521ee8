import { createHash, type Hash } from "node:crypto";
import { type ArchiveEntry, nameOf, partsOf, showPath } from "../../core/domain/hosting/archive-entry.ts";
import { type Finding, type Findings, finding } from "../../core/domain/hosting/check.ts";
import { isToldByText } from "../../core/domain/hosting/checks/application-files.ts";
import { problemsOfEntries } from "../../core/domain/hosting/checks/archive-sane.ts";
import { type Component, problemsOfAge } from "../../core/domain/hosting/checks/end-of-life.ts";
import { problemsOfModes } from "../../core/domain/hosting/checks/file-modes.ts";
import { type ImageReading, readImage, systemOf } from "../../core/domain/hosting/checks/image.ts";
import { applicationOfImage } from "../../core/domain/hosting/checks/image-application.ts";
import {
  addToLayer,
  emptyLayer,
  filesOfLayers,
  isOfSystem,
  type Layer,
} from "../../core/domain/hosting/checks/image-layers.ts";
import { type Bytes, gunzip, peek } from "./bytes.ts";
import { formatOf } from "./file-format.ts";
import { Budget, Unreadable } from "./limits.ts";
import { readTogether, readWhole } from "./line-reader.ts";
import { type Age, inside, recognised } from "./look-at-archive.ts";
import { openTar } from "./open-tar.ts";
import { readTar } from "./read-tar.ts";
import { readTreeFile } from "./read-tree-file.ts";
import { counted, drain, headBytes, type OpenFile, type Visitor, walkMembers } from "./walk-archive.ts";

/** What was seen of an image so far. */
type Seen = {
  texts: Map<string, string>;
  sha256Of: Map<string, string>;
  links: Map<string, string>;
  entries: ArchiveEntry[];
  layers: Map<string, Layer>;
  /** What the texts in layers cost: however many there are, those of the image itself are read. */
  layerTexts: Budget;
  components: Component[];
  sane: Finding[];
  modes: Finding[];
  secrets: Finding[];
  licences: Finding[];
};

/** Looks at what `docker save` wrote: the listing, then each layer as an archive of its own. */
export async function lookAtImage(file: OpenFile, budget: Budget, age: Age): Promise<Findings> {
  const seen: Seen = {
    texts: new Map(),
    sha256Of: new Map(),
    links: new Map(),
    entries: [],
    layers: new Map(),
    layerTexts: new Budget(budget.limits),
    components: [],
    sane: [],
    modes: [],
    secrets: [],
    licences: [],
  };
  try {
    await readSaved(file, budget, seen);
  } catch (fault) {
    if (!(fault instanceof Unreadable)) throw fault;
    const gap = finding("not-read-whole");
    return {
      "archive-sane": [fault.finding, ...seen.sane],
      "image-sane": [gap],
      application: [gap],
      secrets: [...seen.secrets, gap],
      "end-of-life": [gap],
      "file-modes": [...seen.modes, gap],
      licences: [...seen.licences, gap],
    };
  }
  const image = readImage(seen);
  const { application, components, licences } = applicationIn(image, seen);
  return {
    "archive-sane": [...seen.sane, ...problemsOfEntries(seen.entries)],
    "image-sane": image.findings,
    application,
    secrets: [...seen.secrets, ...image.secrets],
    "end-of-life": problemsOfAge([...seen.components, ...components], age.table, age.now),
    "file-modes": seen.modes,
    // Those of the application: what a system's packages bring is not gone through.
    licences: [...seen.licences, ...licences],
  };
}

function applicationIn({ layers, workingFolder, components: runtimes }: ImageReading, seen: Seen) {
  const gap = [finding("not-read-whole")];
  if (layers.length === 0) return { application: gap, components: runtimes, licences: gap };
  const known = layers.flatMap((path) => seen.layers.get(path) ?? []);
  const { components, licences } = applicationOfImage(filesOfLayers(known), workingFolder, runtimes);
  const application = components.length === 0 ? [finding("application-unseen")] : components.map(recognised);
  return { application, components, licences };
}

async function readSaved(file: OpenFile, budget: Budget, seen: Seen): Promise<void> {
  for await (const { entry, content } of readTar(await openTar(file, budget))) {
    budget.takeEntries(1, entry.path);
    seen.entries.push(entry);
    if (entry.type === "symlink") seen.links.set(entry.path, entry.target);
    if (entry.type === "file") await readPart(entry, counted(content, entry.path, budget), budget, seen);
    else await drain(content);
  }
}

/** A layer, or a small file that says something; what else there is, such as of the first form of images, is nothing to us. */
async function readPart(entry: ArchiveEntry, content: Bytes, budget: Budget, seen: Seen): Promise<void> {
  const { head, all } = await peek(content, headBytes);
  const format = formatOf(head);
  const hash = createHash("sha256");
  if (format === "tar") await readLayer(entry.path, hashed(all, hash), budget, seen);
  else if (format === "gzip")
    await readLayer(entry.path, hashed(counted(gunzip(all), entry.path, budget), hash), budget, seen);
  else if (/^\s*[[{]/.test(head.toString("latin1")) && budget.mayKeepText(entry.sizeBytes)) {
    const text = readWhole((whole) => seen.texts.set(entry.path, whole));
    for await (const chunk of hashed(all, hash)) text.push(Buffer.from(chunk));
    text.end();
  } else await drain(hashed(all, hash));
  seen.sha256Of.set(entry.path, hash.digest("hex"));
}

async function readLayer(path: string, bytes: Bytes, budget: Budget, seen: Seen): Promise<void> {
  const rest = bytes[Symbol.asyncIterator]();
  const shared: Bytes = { [Symbol.asyncIterator]: () => ({ next: () => rest.next() }) };
  const layer = emptyLayer();
  seen.layers.set(path, layer);
  await walkMembers(readTar(shared), { prefix: `${path}!/`, depth: 1 }, budget, layerVisitor(layer, seen));
  // The hash is of all bytes, also of those behind the end.
  await drain(shared);
}

function layerVisitor(layer: Layer, seen: Seen): Visitor {
  let sizeBytes = 0;
  return {
    beginArchive: ({ prefix, depth }) => {
      const own: ArchiveEntry[] = [];
      return {
        add: (entry) => {
          own.push(entry);
          if (depth > 1) return;
          addToLayer(layer, entry);
          sizeBytes = entry.sizeBytes;
        },
        end: () => {
          const within = depth === 1 ? "image-layer" : "application";
          seen.sane.push(...problemsOfEntries(own, within).map((problem) => inside(prefix, problem)));
          if (depth === 1) seen.modes.push(...problemsOfModes(own, within).map((problem) => inside(prefix, problem)));
        },
      };
    },
    readFile: (path, head, { prefix, depth }) => {
      const inLayer = partsOf(path.slice(prefix.length)).join("/");
      if (depth > 1) return readTogether([]);
      if (nameOf(path) === "os-release") return readWhole((text) => void seen.components.push(...systemIn(path, text)));
      if (isOfSystem(inLayer)) return readTogether([]);
      const reader = readTreeFile(path, head, seen);
      const isKept = layer.paths.has(inLayer) && isToldByText(inLayer) && seen.layerTexts.mayKeepText(sizeBytes);
      return isKept ? readTogether([reader, readWhole((text) => layer.texts.set(inLayer, text))]) : reader;
    },
    problem: (problem) => {
      // Packages of a system hold archives that are broken on purpose, for tests.
      if (problem.code === "nested-too-large") seen.sane.push(problem);
    },
  };
}

function systemIn(path: string, text: string): Component[] {
  const system = systemOf(showPath(path), text);
  return system === undefined ? [] : [system];
}

async function* hashed(bytes: Bytes, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}
