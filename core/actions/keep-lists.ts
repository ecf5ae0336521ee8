import { writeJournal } from "../db/journal/journal.ts";
import type { ListImport, ListImports, ListReading } from "../db/list-imports.ts";
import type { Tx } from "../db/tables.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import type { Setting } from "./setting.ts";
import { type IncomingFile, receiveFile } from "./upload/keep-files.ts";

/** Lists of one kind. */
type KeptLists<Line, Problem> = {
  imports: ListImports<Line, Problem>;
  /** Who may send them. */
  maySend: (person: Person) => Outcome;
  importedAlready: (values: { count: number }) => Outcome<never>;
  /** What the journal calls an import of them. */
  event: string;
};

/** What came of the lines of a list that were not imported, and what is said of those that were. */
type Besides<Problem> = Omit<ListReading<never, Problem>, "ready">;

/** Lines of which each is done as by hand, in the order of need. */
export function byLine<Line extends { line: number }, Problem extends { line: number }>({
  ready,
  known,
  problems,
  ...marked
}: ListReading<Line, Problem>): ListReading<Line, Problem> {
  return {
    ...marked,
    ready: ready.toSorted((one, other) => one.line - other.line),
    known: known.toSorted((one, other) => one - other),
    problems: problems.toSorted((one, other) => one.line - other.line),
  };
}

/** What is done with every list, whatever it holds: it is sent, imported by whoever sent it, or forgotten. */
export function keepLists<Line, Problem extends { line: number }>(kind: KeptLists<Line, Problem>) {
  const { imports, maySend } = kind;

  async function lockOwn(tx: Tx, person: Person, importId: number): Promise<Outcome<ListImport<Line, Problem>>> {
    const may = maySend(person);
    if (!may.ok) return may;
    const list = await imports.lock(tx, importId);
    if (list === undefined || list.personId !== person.id) return refuse("no-such-import");
    if (list.state === "imported") return kind.importedAlready({ count: list.imported ?? 0 });
    return list.state === "checked" ? accept(list) : refuse("no-such-import");
  }

  /** A list with lines that can be imported, for whoever sent it. */
  async function lockReady(tx: Tx, person: Person, importId: number): Promise<Outcome<ListImport<Line, Problem>>> {
    const own = await lockOwn(tx, person, importId);
    return own.ok && own.value.ready.length === 0 ? refuse("nothing-to-import") : own;
  }

  /** Keeps what came of its lines, beside what was found of the others when it was read. */
  async function saveImported(
    tx: Tx,
    person: Person,
    { now }: Setting,
    list: ListImport<Line, Problem>,
    { imported, marks, ...found }: Besides<Problem> & { imported: number },
  ): Promise<void> {
    const known = [...list.known, ...found.known].sort((one, other) => one - other);
    const marked = { ...list.marks, ...marks };
    const problems = [...list.problems, ...found.problems].sort((one, other) => one.line - other.line);
    await imports.saveImported(tx, list.id, { imported, known, problems, marks: marked, now });
    const changed = marked.changed.length;
    await writeJournal(tx, {
      at: now,
      actorId: person.id,
      event: kind.event,
      subject: { kind: "import", id: list.id },
      details: {
        ...{ added: imported - changed, known: known.length, problems: new Set(problems.map(({ line }) => line)).size },
        ...(changed === 0 ? {} : { changed }),
      },
    });
  }

  return {
    /** Takes a file: it is fetched and read, and what it holds is shown before anything is imported. */
    async receive(tx: Tx, person: Person, setting: Setting, input: { file: IncomingFile }): Promise<Outcome> {
      const may = maySend(person);
      if (!may.ok) return may;
      if (input.file.kind !== "document") return refuse("document-expected");
      const attachmentId = await receiveFile(tx, person, setting, { draftId: null, file: input.file });
      await imports.insert(tx, { personId: person.id, attachmentId, now: setting.now });
      return accept();
    },

    lockReady,
    saveImported,

    /** Much may have changed since it was read, so `take` checks its lines again: what cannot be any more is a problem of its line. */
    importBy:
      (
        take: (
          tx: Tx,
          person: Person,
          setting: Setting,
          lines: Line[],
        ) => Promise<Besides<Problem> & { ready: readonly unknown[] }>,
      ) =>
      async (tx: Tx, person: Person, setting: Setting, input: { importId: number }): Promise<Outcome> => {
        const found = await lockReady(tx, person, input.importId);
        if (!found.ok) return found;
        const { ready, ...taken } = await take(tx, person, setting, found.value.ready);
        await saveImported(tx, person, setting, found.value, { imported: ready.length, ...taken });
        return accept();
      },

    /** The list is forgotten. */
    async discard(tx: Tx, person: Person, setting: Setting, input: { importId: number }): Promise<Outcome> {
      const own = await lockOwn(tx, person, input.importId);
      if (!own.ok) return own;
      await imports.saveDiscarded(tx, own.value.id, setting.now);
      return accept();
    },
  };
}
