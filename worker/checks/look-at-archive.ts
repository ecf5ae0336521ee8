import { type ArchiveEntry, showPath } from "../../core/domain/hosting/archive-entry.ts";
import { type CheckName, type Finding, type Findings, finding } from "../../core/domain/hosting/check.ts";
import { componentsOf } from "../../core/domain/hosting/checks/application.ts";
import { belowTop, isToldByText } from "../../core/domain/hosting/checks/application-files.ts";
import { problemsOfEntries } from "../../core/domain/hosting/checks/archive-sane.ts";
import { type Component, type EndOfLife, problemsOfAge } from "../../core/domain/hosting/checks/end-of-life.ts";
import { problemsOfModes } from "../../core/domain/hosting/checks/file-modes.ts";
import { findingsOfLicences } from "../../core/domain/hosting/checks/licences.ts";
import { missingPackages } from "../../core/domain/hosting/checks/packages.ts";
import { type Budget, Unreadable } from "./limits.ts";
import { readTogether, readWhole } from "./line-reader.ts";
import { readTreeFile } from "./read-tree-file.ts";
import { type OpenFile, type Visitor, walkArchive } from "./walk-archive.ts";

/** By what a version is judged. */
export type Age = { table: EndOfLife; now: Date };

/** Looks at the archive of an application. What was found before it broke off is found; what was not read says so. */
export async function lookAtArchive(file: OpenFile, budget: Budget, { table, now }: Age): Promise<Findings> {
  const entries: ArchiveEntry[] = [];
  const texts = new Map<string, string>();
  const sane: Finding[] = [];
  const found = { secrets: [] as Finding[], licences: [] as Finding[] };
  const visitor: Visitor = {
    beginArchive: ({ prefix, depth }) => {
      const own = depth === 0 ? entries : [];
      return {
        add: (entry) => void own.push(entry),
        end: () => void sane.push(...problemsOfEntries(own).map((problem) => inside(prefix, problem))),
      };
    },
    readFile: (path, head, { depth }) => {
      const reader = readTreeFile(path, head, found);
      if (depth > 0 || !isToldByText(path) || !budget.mayKeepText(entries.at(-1)?.sizeBytes ?? 0)) return reader;
      return readTogether([reader, readWhole((text) => texts.set(path, text))]);
    },
    problem: (problem) => void sane.push(problem),
  };
  try {
    await walkArchive(file, budget, visitor);
  } catch (fault) {
    if (!(fault instanceof Unreadable)) throw fault;
    const gap = [finding("not-read-whole")];
    return {
      "archive-sane": [fault.finding, ...sane, ...problemsOfEntries(entries)],
      application: gap,
      secrets: [...found.secrets, ...gap],
      "end-of-life": gap,
      "file-modes": [...problemsOfModes(entries), ...gap],
      licences: [...found.licences, ...gap],
    } satisfies Partial<Record<CheckName, Finding[]>>;
  }
  const files = belowTop(
    entries.filter(({ type }) => type === "file").map(({ path }) => path),
    texts,
  );
  const components = componentsOf(files);
  return {
    "archive-sane": sane,
    application:
      components.length === 0
        ? [finding("application-unknown")]
        : [...components.map(recognised), ...missingPackages(files)],
    secrets: found.secrets,
    "end-of-life": problemsOfAge(components, table, now),
    "file-modes": problemsOfModes(entries),
    licences: [...found.licences, ...findingsOfLicences(files)],
  };
}

export function recognised({ product, version, range, path }: Component): Finding {
  return finding("application-recognised", { product, version: version ?? range ?? "", path: showPath(path) });
}

/** The same, with the archives around it. */
export function inside(prefix: string, { code, values }: Finding): Finding {
  return finding(code, { ...values, path: showPath(prefix + values.path) });
}
