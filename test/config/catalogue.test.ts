import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadProfile, ProfileError, profileNames } from "../../config/profile.ts";
import { assetKinds } from "../../core/domain/inventory/asset.ts";

const shipped = fileURLToPath(new URL("../../config/profiles", import.meta.url));

describe.each(profileNames())("the catalogue of %s", (name) => {
  const { catalogue, devices } = loadProfile(name);

  it("asks in each entry for the person's own words", () => {
    const kinds = catalogue.map(({ form }) => form.find((field) => field.name === "description")?.kind);
    expect(new Set(kinds)).toEqual(new Set(["text"]));
  });

  it("has words for every question and every choice", () => {
    const missing = catalogue.flatMap((entry) =>
      entry.form
        .filter((field) => field.name !== "official-duty")
        .filter((field) => {
          const words = entry.words[field.name];
          const isChoice = field.kind === "choice";
          return !words?.ask || (isChoice && field.choices.some((choice) => !words.choices?.[choice]));
        })
        .map((field) => `${entry.name}: ${field.name}`),
    );
    expect(missing).toEqual([]);
  });

  it("never asks for a password or a passphrase to be written down", () => {
    const asked = catalogue.flatMap(({ words }) => Object.values(words).map(({ ask }) => ask));
    const secret = asked.filter((ask) => /kata sandi|passphrase/i.test(ask));
    expect(secret.filter((ask) => !/Jangan tulis|bukan kata sandinya|Kata sandi untuk/.test(ask))).toEqual([]);
  });

  it("asks who lost a password where they can be called back", () => {
    const reset = catalogue.find((entry) => entry.name === "password-reset");
    expect(reset?.form.find((field) => field.name === "reached-at")).toEqual({
      ...{ name: "reached-at", kind: "line", maxLength: 100 },
    });
  });

  it("has a source for each target", () => {
    const text = readFileSync(join(shipped, name, "catalogue.yaml"), "utf8");
    const targets = [...text.matchAll(/^ {2}target: .*source: (.+?) \}/gm)].map(([, source]) => source);
    expect(targets).toHaveLength(catalogue.length);
  });

  it("knows who maintains a computer, the LAN of an office and a server (R65)", () => {
    expect(devices.map((device) => device.name)).toEqual(
      expect.arrayContaining(["pc", "printer", "office-lan", "access-point", "switch", "server"]),
    );
  });

  it("knows who maintains each kind of the inventory but what is of none (R19)", () => {
    const classes = devices.map((device) => device.name);
    expect([...classes, "other"].sort()).toEqual([...assetKinds].sort());
  });
});

it("leaves computers and the LAN to the offices in cianjur (C 17(2)), and to the Dinas elsewhere", () => {
  const maintainerOf = (name: string, device: string) =>
    loadProfile(name).devices.find((each) => each.name === device)?.maintainer;

  expect(maintainerOf("cianjur", "office-lan")).toBe("office");
  expect(maintainerOf("cianjur", "server")).toBe("dinas");
  expect(maintainerOf("labura", "office-lan")).toBe("dinas");
  expect(maintainerOf("purwakarta", "office-lan")).toBe("dinas");
});

describe("a mistake in the catalogue", () => {
  let profiles: string;
  beforeEach(() => {
    profiles = mkdtempSync(join(tmpdir(), "simpul-profiles-"));
    cpSync(join(shipped, "labura"), join(profiles, "broken"), { recursive: true });
  });
  afterEach(() => rmSync(profiles, { recursive: true }));

  function edit(from: string | RegExp, to: string, file = "catalogue.yaml") {
    const path = join(profiles, "broken", file);
    const before = readFileSync(path, "utf8");
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, after);
  }

  function problems() {
    try {
      loadProfile("broken", profiles);
    } catch (error) {
      if (error instanceof ProfileError) return error.problems.map(({ path, message }) => `${path}: ${message}`);
      throw error;
    }
    return [];
  }

  it("is none before it is made", () => {
    expect(problems()).toEqual([]);
  });

  it.each<[string, string | RegExp, string, string]>([
    ["a kind that is not there", "kind: line", "kind: word", "0.questions.0.kind: must be a question with name, kind"],
    [
      "a question without an example",
      " Contoh: SIMPEG.",
      "",
      "0.questions.0.question: must hold an example after contoh:, for example Aplikasi apa? Contoh: SIMPEG.",
    ],
    ["a procedure of another name", "procedure: short", "procedure: quick", "0.procedure: must be short or approval"],
    [
      "a team that does no requests",
      "team: data-center",
      "team: help-desk",
      "0.team: must be one of it-support, data-center, infrastructure",
    ],
    [
      "a target in another unit",
      "unit: minutes",
      "unit: weeks",
      "0.target.unit: must be one of minutes, hours, working days",
    ],
    ["no target", /^ {2}target: .*\n/m, "", "0.target: must be a time, for example { value: 30, unit: minutes"],
    ["a key that nothing reads", "  hint: Lupa", "  hnit: Lupa\n  hint: Lupa", "0: has unknown keys: hnit"],
    [
      "a name in capitals",
      "name: password-reset",
      "name: Password",
      "0.name: must be small letters, digits and hyphens",
    ],
    ["two entries of one name", "name: vpn", "name: wi-fi", '7: entry "wi-fi" is there twice'],
    [
      "a name with a meaning of its own",
      "name: account",
      "name: contact",
      '0.questions.1.name: "contact" has a meaning of its own; take another name, for example request-contact',
    ],
    [
      "no question for the person's own words",
      /name: description\n {6}kind: text/,
      "name: story\n      kind: line",
      "0.questions: must ask description, for example { name: description, kind: text",
    ],
    [
      "a second question for long words",
      "name: account\n      kind: line",
      "name: account\n      kind: text",
      "0.questions.1.kind: must be line, for example kind: line; only description is a text",
    ],
    [
      "a hint that fills the screen",
      "hint: Lupa kata sandi",
      `hint: ${"Lupa kata sandi ".repeat(9)}`,
      "0.hint: must be at most 100 characters, for example Lupa kata sandi",
    ],
    [
      "nine questions",
      "  questions:\n",
      `  questions:\n${["a", "b", "c", "d", "e"].map((name) => `    - { name: ${name}, kind: line, label: L, question: "Apa? Contoh: B." }\n`).join("")}`,
      "0.questions: must be at most 8 questions",
    ],
    [
      "one choice only",
      "{ new: Kotak surat baru, change: Perubahan, closing: Penutupan }",
      "{ new: Kotak surat baru }",
      "1.questions.0.choices: must list at least two, for example { new: Baru, change: Ubah }",
    ],
    [
      "a choice that may be left out",
      "choices: { new: Kotak",
      "optional: true\n      choices: { new: Kotak",
      "1.questions.0: has unknown keys: optional",
    ],
    [
      "a number from more to less",
      "max: 200",
      "max: 0",
      "2.questions.1.max: must not be less than min, for example 100",
    ],
    [
      "a vendor without a name",
      "  vendor: Balai Besar Sertifikasi Elektronik (BSrE)\n",
      "",
      "8.vendor: must name the vendor, for example { maintainer: vendor, vendor: PT Nusantara Sistem }",
    ],
    [
      "a device that nobody maintains",
      "printer: Printer atau pemindai",
      "plotter: Plotter",
      '3.questions.0.choices.plotter: profile.yaml has no device "plotter"; it has pc, printer, office-lan',
    ],
    [
      "a title that no button can hold",
      "title: Akses VPN",
      "title: Akses VPN untuk pegawai yang bekerja dari luar kantor",
      "7.title: must be at most 40 characters, for example Atur ulang kata sandi",
    ],
  ])("%s is told with its place and a right value", (_, from, to, problem) => {
    edit(from, to);

    expect(problems()).toEqual([expect.stringContaining(problem)]);
  });

  it("in who maintains an application or a device is told too", () => {
    edit(", vendor: Kementerian Dalam Negeri", "", "profile.yaml");
    edit("title: LAN kantor, maintainer: dinas", "title: LAN kantor, maintainer: nobody", "profile.yaml");
    edit("title: Switch, maintainer: dinas", "title: Switch, maintainer: office", "profile.yaml");
    edit("name: ups", "name: UPS", "profile.yaml");

    expect(problems()).toEqual([
      "applications.3.vendor: must name the vendor, for example { maintainer: vendor, vendor: PT Nusantara Sistem }",
      "devices.2.maintainer: must be one of dinas, office, vendor",
      "devices.3.team: goes with maintainer: dinas, for example { maintainer: dinas, team: data-center }",
      expect.stringMatching(/^devices\.11\.name: must be one of router, switch, .*, other$/),
    ]);
  });
});
