import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const ourMigrations = join(import.meta.dirname, "migrations");

export type Migration = {
  name: string;
  sql: string;
  sha256: string;
};

export type AppliedMigration = Omit<Migration, "sql">;

/** How what was applied to a database fits the migrations of this version. */
export type MigrationFit =
  /** All of ours are there, or the first of them: the rest is pending, in its order. */
  | { fits: true; pending: Migration[] }
  /** One that this version does not know. */
  | { fits: false; why: "newer"; name: string }
  /** One whose file is another now. */
  | { fits: false; why: "changed"; name: string }
  /** One of ours that would have had to be applied before `name`. */
  | { fits: false; why: "skipped"; name: string; skipped: string };

/** This version's, or those of another folder, by their numbers. */
export async function readMigrations(folder = ourMigrations): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{3}-.+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), "utf8");
      return { name, sql, sha256: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/** Applied ones must be the first of ours, unchanged. */
export function fitMigrations(ours: readonly Migration[], applied: readonly AppliedMigration[]): MigrationFit {
  for (const [index, { name, sha256 }] of applied.entries()) {
    const own = ours.find((migration) => migration.name === name);
    if (!own) return { fits: false, why: "newer", name };
    if (own.sha256 !== sha256) return { fits: false, why: "changed", name };
    const expected = ours[index];
    if (own !== expected) return { fits: false, why: "skipped", name, skipped: expected?.name ?? "" };
  }
  return { fits: true, pending: ours.slice(applied.length) };
}

/** A sentence with what to do. */
export function explainMisfit(fit: MigrationFit & { fits: false }): string {
  switch (fit.why) {
    case "newer":
      return `The database has the migration ${fit.name}, which this version of Simpul does not know: start the newer version, or restore a backup made before it.`;
    case "changed":
      return `The migration ${fit.name} was changed after it was applied: take back the change and put it into a new file.`;
    case "skipped":
      return `The migration ${fit.skipped} comes before ${fit.name}, which is applied already: give it a higher number.`;
  }
}
