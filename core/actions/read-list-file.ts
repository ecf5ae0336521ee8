import {
  type AddressImport,
  type AssetImport,
  addressImports,
  assetImports,
  type ListImports,
  type ListReading,
  type NameImport,
  nameImports,
  type PeopleImport,
  peopleImports,
  type TargetImport,
  targetImports,
} from "../db/list-imports.ts";
import type { Tx } from "../db/tables.ts";
import type { TaskData } from "../db/tasks.ts";
import { type Outcome, refuse } from "../domain/outcome.ts";
import type { Notice } from "./notice.ts";
import { tell } from "./notices.ts";
import type { Setting } from "./setting.ts";

/** More problems than the summary shows come as a document, too. */
export const problemsShown = 10;

/** How lists of one kind are read, and by what their sender is told. */
type ListKind<Line, Problem> = {
  imports: ListImports<Line, Problem>;
  task: Extract<keyof TaskData, `read-${string}-file`>;
  shows: Extract<Notice["kind"], "people-import" | "address-import" | "name-import" | "asset-import" | "target-import">;
  showsProblems: Extract<
    Notice["kind"],
    | ("import-problems" | "address-import-problems" | "name-import-problems")
    | ("asset-import-problems" | "target-import-problems")
  >;
};

const people: ListKind<PeopleImport["ready"][number], PeopleImport["problems"][number]> = {
  imports: peopleImports,
  task: "read-people-file",
  shows: "people-import",
  showsProblems: "import-problems",
};

const addresses: ListKind<AddressImport["ready"][number], AddressImport["problems"][number]> = {
  imports: addressImports,
  task: "read-address-file",
  shows: "address-import",
  showsProblems: "address-import-problems",
};

const names: ListKind<NameImport["ready"][number], NameImport["problems"][number]> = {
  imports: nameImports,
  task: "read-name-file",
  shows: "name-import",
  showsProblems: "name-import-problems",
};

const assets: ListKind<AssetImport["ready"][number], AssetImport["problems"][number]> = {
  imports: assetImports,
  task: "read-asset-file",
  shows: "asset-import",
  showsProblems: "asset-import-problems",
};

const targets: ListKind<TargetImport["ready"][number], TargetImport["problems"][number]> = {
  imports: targetImports,
  task: "read-target-file",
  shows: "target-import",
  showsProblems: "target-import-problems",
};

type Fetched = { attachmentId: number; isStored: boolean };

/** A file was fetched, or cannot be: where it is a list, it is read next. */
export async function readFetchedList(tx: Tx, setting: Setting, fetched: Fetched): Promise<void> {
  await readNext(tx, setting, people, fetched);
  await readNext(tx, setting, addresses, fetched);
  await readNext(tx, setting, names, fetched);
  await readNext(tx, setting, assets, fetched);
  await readNext(tx, setting, targets, fetched);
}

/** What a list of people holds, or why it was not taken. Nothing is imported yet. Safe to record twice. */
export const recordReading = recorderOf(people);

/** The same of a list of addresses. */
export const recordAddresses = recorderOf(addresses);

/** The same of a list of names. */
export const recordNames = recorderOf(names);

/** The same of a list of assets. */
export const recordAssets = recorderOf(assets);

/** The same of a list of what is to be watched. */
export const recordTargets = recorderOf(targets);

async function readNext<Line, Problem>(
  tx: Tx,
  setting: Setting,
  kind: ListKind<Line, Problem>,
  { attachmentId, isStored }: Fetched,
): Promise<void> {
  const found = await kind.imports.findOfFile(tx, attachmentId);
  if (found === undefined) return;
  if (isStored) return setting.tasks.enqueue(tx, kind.task, { importId: found.id });
  await recorderOf(kind)(tx, setting, { importId: found.id, checked: refuse("list-not-fetched") });
}

function recorderOf<Line, Problem>({ imports, shows, showsProblems }: ListKind<Line, Problem>) {
  return async (
    tx: Tx,
    setting: Setting,
    { importId, checked }: { importId: number; checked: Outcome<ListReading<Line, Problem>> },
  ): Promise<void> => {
    const list = await imports.lock(tx, importId);
    if (list === undefined || list.state !== "reading") return;
    if (checked.ok) await imports.saveChecked(tx, list.id, checked.value);
    else await imports.saveRefused(tx, list.id, checked.refusal, setting.now);
    // The buttons stand below the document.
    if (checked.ok && checked.value.problems.length > problemsShown) {
      await tell(tx, [list.personId], { kind: showsProblems, importId: list.id }, setting);
    }
    await tell(tx, [list.personId], { kind: shows, importId: list.id }, setting);
  };
}
