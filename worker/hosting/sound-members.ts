import type { ArchiveEntry } from "../../core/domain/hosting/archive-entry.ts";
import { problemsOfEntries } from "../../core/domain/hosting/checks/archive-sane.ts";
import { Budget, type Limits, Unreadable } from "../checks/limits.ts";
import { readOpen } from "../checks/look.ts";
import type { Member } from "../checks/read-tar.ts";
import { counted, drain, openMembers } from "../checks/walk-archive.ts";

/** @throws Unreadable an entry is none that may be unpacked; that two differ by their capitals only is nothing to Linux */
export async function listSound(descriptor: number, limits: Limits): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  await eachMember(descriptor, limits, async ({ entry, content }) => {
    entries.push(entry);
    await drain(content);
  });
  const problem = problemsOfEntries(entries).find(({ code }) => code !== "path-differs-by-case");
  if (problem !== undefined) throw new Unreadable(problem);
  return entries;
}

/** All of an archive, in order, from its beginning. @param take reads the content to its end */
export async function eachMember(
  descriptor: number,
  limits: Limits,
  take: (member: Member) => Promise<void>,
): Promise<void> {
  const budget = new Budget(limits);
  const members = await openMembers({ descriptor, bytes: readOpen(descriptor, budget) }, budget);
  for await (const { entry, content } of members) {
    budget.takeEntries(1, entry.path);
    await take({ entry, content: counted(content, entry.path, budget) });
  }
}
