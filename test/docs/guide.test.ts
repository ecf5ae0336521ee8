import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { importForm } from "../../bot/forms/import-form.ts";
import { assetImportForm } from "../../bot/forms/inventory/asset-import-form.ts";
import { addressImportForm } from "../../bot/forms/ipam/address-import-form.ts";
import { nameImportForm } from "../../bot/forms/names/name-import-form.ts";
import { commandsFor } from "../../bot/replies/menu.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { roles } from "../../core/domain/people/roles.ts";
import { testHosting } from "../support/hosting.ts";

/** The user guide says what stands on the screen: buttons in bold, sentences of the bot in italics, commands as code. */

const root = resolve(import.meta.dirname, "../..");
const guide = join(root, "docs/panduan");
const pages = readdirSync(guide)
  .filter((name) => name.endsWith(".md"))
  .map((name) => ({ name, text: readFileSync(join(guide, name), "utf8") }));

const sources = readdirSync(join(root, "bot"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(join(root, "bot", name), "utf8"))
  .join("\n");

/**
 * Whether a text of the bot is that label, or begins with it and goes on with what changes, for which the guide writes
 * "…": "📥 Antrean …" is `📥 Antrean (${queued})`. A label may also be put together: `📣 ${"Lapor gangguan aplikasi"}`.
 */
function isLabel(label: string): boolean {
  const [fixed = ""] = label.split("…");
  const text = new RegExp(`["\`]${RegExp.escape(fixed.replace(/[\s:]+$/, ""))}[\\s:(…]*(["\`]|\\$\\{)`);
  if (text.test(sources)) return true;
  const [emoji = "", ...others] = label.split(" ");
  return others.length > 0 && sources.includes(`\`${emoji} \${`) && isLabel(others.join(" "));
}

const holderOfAllRoles: Person = {
  id: 1,
  name: "Siti Aminah",
  nip: null,
  officeId: 1,
  roles,
  isActive: true,
  isProvisional: false,
};

const inBold = (text: string) => [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, label = ""]) => oneLine(label));
const inItalics = (text: string) =>
  [...text.replaceAll(/\*\*[^*]+\*\*/g, "").matchAll(/\*([^*]+)\*/g)].map(([, said = ""]) => oneLine(said));
const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");

test.each(pages)("$name quotes the bot as it is read, without HTML", ({ text }) => {
  expect(text.match(/<\/?(?:b|i|code|blockquote)>/g)).toBeNull();
});

test("the guide has its pages", () => {
  const expected = [
    "README.md",
    "administrator.md",
    "alamat-ip.md",
    "aplikasi.md",
    "kabel.md",
    "kartu-peran.md",
    "nama-domain.md",
    "pejabat-sistem.md",
    "pengguna.md",
    "perangkat.md",
    "permintaan.md",
    "persetujuan.md",
    "petugas.md",
    "pimpinan.md",
    "rak.md",
    "status.md",
  ];
  expect(pages.map(({ name }) => name).sort()).toEqual(expected);
});

describe.each(pages)("$name", ({ text }) => {
  test("names buttons that the bot has", () => {
    const labels = inBold(text);
    expect(labels.length).toBeGreaterThan(0);
    expect(labels.filter((label) => !isLabel(label))).toEqual([]);
  });

  test("quotes what the bot says", () => {
    expect(inItalics(text).filter((said) => !sources.includes(said))).toEqual([]);
  });

  test("names commands that the bot has", () => {
    // One more is used in the topics of the staff group, where there is no menu of commands.
    const known = [
      "start",
      "balas",
      ...commandsFor(holderOfAllRoles, { hosting: testHosting }).map(({ command }) => command),
    ];
    const named = [...text.matchAll(/`\/([a-z]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  test("leads to pages and pictures that are there", () => {
    const links = [...text.matchAll(/\]\(([^)#]+)[^)]*\)|src="([^"]+)"/g)].map(
      ([, page, picture]) => page ?? picture ?? "",
    );
    expect(links.filter((link) => !existsSync(join(guide, link)))).toEqual([]);
  });

  test("leads to headings that are there", () => {
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) => anchorOf(title));
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((anchor) => anchor !== undefined && !headings.includes(anchor))).toEqual([]);
  });
});

test("every picture is shown", () => {
  const all = pages.map(({ text }) => text).join();
  const pictures = readdirSync(join(guide, "gambar"));
  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.filter((name) => !all.includes(`gambar/${name}`))).toEqual([]);
});

test("the example of a list of people is the one that the bot gives", async () => {
  const example = /```csv\n([^`]+)\n```/.exec(pages.find(({ name }) => name === "administrator.md")?.text ?? "")?.[1];
  const plan = await importForm.plan({} as never, { subject: {}, answers: {}, personId: 0 }, {} as never);
  expect(example).toBeDefined();
  expect(plan?.wordsFor("file").ask).toContain(example);
});

test("the example of a list of addresses is the one that the bot gives", async () => {
  const example = /```csv\n([^`]+)\n```/.exec(pages.find(({ name }) => name === "alamat-ip.md")?.text ?? "")?.[1];
  const plan = await addressImportForm.plan({} as never, { subject: {}, answers: {}, personId: 0 }, {} as never);
  expect(example).toBeDefined();
  expect(plan?.wordsFor("file").ask).toContain(example);
});

test("the example of a list of names is the one that the bot gives", async () => {
  const example = /```csv\n([^`]+)\n```/.exec(pages.find(({ name }) => name === "nama-domain.md")?.text ?? "")?.[1];
  const plan = await nameImportForm.plan({} as never, { subject: {}, answers: {}, personId: 0 }, {} as never);
  expect(example).toBeDefined();
  expect(plan?.wordsFor("file").ask).toContain(example);
});

test("the example of a list of devices is the one that the bot gives", async () => {
  const example = /```csv\n([^`]+)\n```/.exec(pages.find(({ name }) => name === "perangkat.md")?.text ?? "")?.[1];
  const plan = await assetImportForm.plan({} as never, { subject: {}, answers: {}, personId: 0 }, {} as never);
  expect(example).toBeDefined();
  expect(plan?.wordsFor("file").ask).toContain(example);
});

/** As GitHub makes it of a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, "")
    .replaceAll(/\s/g, "-");
}
