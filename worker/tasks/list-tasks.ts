import type { Setting } from "../../core/actions/setting.ts";
import type { ListImport, ListReading } from "../../core/db/list-imports.ts";
import type { Db, Tx } from "../../core/db/tables.ts";
import type { FileLine } from "../../core/domain/form/csv.ts";
import { type Outcome, refuse } from "../../core/domain/outcome.ts";
import type { AskTargetOptions } from "./ask-target.ts";
import { parseList } from "./parse-list.ts";

export type ListTaskOptions = Pick<AskTargetOptions, "db" | "setting" | "monitor"> & { filesFolder: string };

/** How lists of one kind are read. */
type ReadLists<Line, Problem> = {
  imports: { find: (db: Db, id: number) => Promise<ListImport<Line, Problem> | undefined> };
  /** What its lines come to; nothing is imported by that. */
  check: (
    db: Db,
    lines: readonly FileLine[],
    context: { setting: Setting; personId: number } & Pick<ListTaskOptions, "monitor">,
  ) => Promise<Outcome<ListReading<Line, Problem>>>;
  record: (
    tx: Tx,
    setting: Setting,
    input: { importId: number; checked: Outcome<ListReading<Line, Problem>> },
  ) => Promise<void>;
};

/** The tasks of a list that somebody sent. */
export function listTasks<Line, Problem>({ imports, check, record }: ReadLists<Line, Problem>) {
  return {
    /** Reads a list that was fetched, and checks it. Nothing is imported yet. */
    async read({ importId }: { importId: number }, options: ListTaskOptions): Promise<void> {
      const { db, filesFolder, monitor } = options;
      const list = await imports.find(db, importId);
      if (list === undefined || list.state !== "reading") return;
      const lines = await parseList(db, list, filesFolder);
      const setting = options.setting(new Date());
      const checked = lines.ok ? await check(db, lines.value, { setting, monitor, personId: list.personId }) : lines;
      await db.transaction().execute((tx) => record(tx, setting, { importId, checked }));
    },

    /** Every try failed: who sent it is told. */
    async giveUp(
      { importId }: { importId: number },
      { db, setting }: Pick<ListTaskOptions, "db" | "setting">,
    ): Promise<void> {
      const checked = refuse("list-not-read");
      await db.transaction().execute((tx) => record(tx, setting(new Date()), { importId, checked }));
    },
  };
}
