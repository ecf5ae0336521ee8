import { afterAll, beforeAll, expect, it } from "vitest";
import { renderTargetImport } from "../../../../bot/replies/monitoring/target-import.ts";
import { receiveTargetFile, takeTargets } from "../../../../core/actions/monitoring/import-targets.ts";
import { targetImports } from "../../../../core/db/list-imports.ts";
import type { NameFound } from "../../../../core/domain/monitoring/check-name.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { testWords } from "../../../support/office-words.ts";
import { targetLines } from "../../../support/target-file.ts";
import { withTargets } from "../../../support/watched.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

/** What the sender of these lines is asked. */
async function shown(rows: readonly string[], found?: ReadonlyMap<string, NameFound>) {
  const { infrastructure } = office.people;
  const file = { kind: "document", name: "pantau.csv", mimeType: "text/csv", telegramFileId: "file" } as const;
  const lines = targetLines(rows);
  await office.act((tx) => receiveTargetFile(tx, infrastructure, office.setting(), { file }));
  const { id: importId } = await office.db
    .selectFrom("target_import")
    .select("id")
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  const read = await office.act((tx) => takeTargets(tx, infrastructure, office.setting(), lines, found));
  await office.act((tx) => targetImports.saveChecked(tx, importId, read));
  const screen = await renderTargetImport(office.db, infrastructure, { importId }, testWords);
  if (screen?.as !== "text") throw new Error("no text is shown");
  return { html: screen.html, labels: (screen.buttons ?? []).flat().map(({ label }) => label) };
}

const long = "x".repeat(350);

it.each([
  [
    "lie behind each other",
    Array.from({ length: 12 }, (_, at) => `link;${nameOf(at)};;${nameOf((at + 1) % 12)};;internet;;;;;;;;`),
    "Ikut melingkar, lihat baris 2.",
  ],
  [
    "slipped into the next column",
    Array.from({ length: 12 }, (_, at) => `kantor;${at};;${long};${long};;;;;;;;;`),
    "Tidak ada yang bernama",
  ],
  [
    "have long names that nobody knows",
    Array.from({ length: 12 }, (_, at) => `kantor;${at};;;${`${"a".repeat(60)}.`.repeat(4)}${at}.id;;;;;;;;;`),
    "tidak ada di DNS",
  ],
])("a summary of many lines that %s has room in a message", async (_, rows, said) => {
  const names = rows.map((row) => row.split(";")[4] ?? "").filter((name) => name.endsWith(".id"));
  const found = new Map<string, NameFound>(names.map((name) => [name, "name-unknown"]));
  const { html, labels } = await shown([...rows, `perangkat;Baik ${said};;;;;;;;;;;;`], found);
  expect(html).toContain(said);
  expect(html.length).toBeLessThan(3_500);
  expect(labels).toContain("📥 Impor 1 baris");
});

it("says which lines change what is there, and of which names nobody knows where they lead", async () => {
  await withTargets(office).put("Kantor Camat", { kind: "site" });
  const rows = ["kantor;Kantor Camat;;;;;;;;;;Rina 0812-3456-7890;;", "perangkat;Diam;;;diam.labura.go.id;;;;;;;;;"];
  const { html, labels } = await shown(rows, new Map([["diam.labura.go.id", "resolver-silent"]]));
  expect(html).toContain(
    "<b>2 baris siap (1 mengubah yang ada), 0 sudah ada, 0 salah</b>\nMengubah yang ada: baris 2\n",
  );
  expect(html).toContain("⚠️ Server nama tidak menjawab, jadi nama di baris 3 belum dapat dipastikan.");
  expect(labels).toContain("📥 Impor 2 baris");
});

/** 28 characters */
function nameOf(at: number): string {
  return `Link Dinas Kesehatan Telkom ${at}`;
}
