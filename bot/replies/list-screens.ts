import type { ListImport } from "../../core/db/list-imports.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Refusal } from "../../core/domain/outcome.ts";
import type { Person } from "../../core/domain/people/person.ts";
import type { Press } from "../presses/press.ts";
import type { Button, Rendered } from "../rendered.ts";
import { problemsDocument, renderList } from "./list-import.ts";
import type { OfficeWords } from "./office-words.ts";
import { explain } from "./refusals.ts";

type LineRefusal = { line: number } & Refusal;

/** How lists of one kind are shown. */
type ShownLists<Problem> = {
  imports: { find: (db: Db, id: number) => Promise<ListImport<unknown, Problem> | undefined> };
  maySee: (person: Person) => boolean;
  back: Button;
  send: Press;
  take: (importId: number) => Press;
  discard: (importId: number) => Press;
  /** The column that a refusal is about, where it says so. */
  columnOf?: (refusal: Refusal) => string | undefined;
};

/** What a list holds, and all that is wrong in it as a document, for whoever sent it. */
export function listScreens<Problem extends LineRefusal>(kind: ShownLists<Problem>) {
  const own = async (db: Db, viewer: Person, importId: number) => {
    const list = await kind.imports.find(db, importId);
    return list?.personId === viewer.id && kind.maySee(viewer) ? list : undefined;
  };
  /** "Baris 3, kolom nomor_seri: …" */
  const describer =
    (db: Db, office: OfficeWords) =>
    async ({ line, ...refusal }: Problem): Promise<string> => {
      const column = kind.columnOf?.(refusal);
      return `Baris ${line}${column === undefined ? "" : `, kolom ${column}`}: ${await explain(db, refusal, office)}`;
    };
  return {
    /** With the question whether to import it, or what came of it. */
    async renderImport(
      db: Db,
      viewer: Person,
      { importId }: { importId: number },
      office: OfficeWords,
    ): Promise<Rendered | undefined> {
      const list = await own(db, viewer, importId);
      if (list === undefined) return undefined;
      return renderList(list, {
        describe: describer(db, office),
        why: list.refusal === null ? "" : await explain(db, list.refusal, office),
        buttons: {
          back: kind.back,
          sendAgain: { label: "📥 Impor CSV", press: kind.send },
          take: kind.take(importId),
          discard: kind.discard(importId),
        },
      });
    },

    async renderProblems(
      db: Db,
      viewer: Person,
      { importId }: { importId: number },
      office: OfficeWords,
    ): Promise<Rendered | undefined> {
      const list = await own(db, viewer, importId);
      return list === undefined ? undefined : problemsDocument(list, describer(db, office));
    },
  };
}
