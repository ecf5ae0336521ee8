import { expect, it } from "vitest";
import { planText } from "../../../../bot/replies/hosting/plan-file.ts";
import type { StackPlan } from "../../../../core/domain/hosting/application.ts";
import type { PreviewStep } from "../../../../core/domain/hosting/preview.ts";
import { morning } from "../../../support/office.ts";
import { testWords } from "../../../support/office-words.ts";

const container = "docker:index/container:Container::web-a";
const network = "docker:index/network:Network::network";
const step = (operation: string, what: string, inputs: PreviewStep["inputs"]): PreviewStep => ({
  ...{ operation, inputs, urn: `urn:pulumi:app-simpeg::simpul::${what}`, changed: [] },
});

const plan: StackPlan = {
  ...{ id: 7, stack: "app-simpeg", ticketId: 42, imageId: `sha256:${"b".repeat(64)}` },
  input: JSON.stringify({ kind: "application", environment: { DATABASE_URL: { sealed: "v1.AAAA" } } }),
  hashes: { preview: "p1", program: "p2", inputs: "i1", state: "s1" },
  changes: [{ kind: "container", name: "web-a", change: "replace", properties: ["image", "memory"] }],
  steps: [
    step("same", network, { name: "app-simpeg", __defaults: ["driver"] }),
    step("create", "pulumi:providers:docker::host", { host: "unix:///run/docker.sock", __defaults: [] }),
    step("create", "pulumi:pulumi:Stack::simpul-app-simpeg", null),
    step("same", "docker:index/volume:Volume::volume-kept-uploads", { name: "app-simpeg-kept-uploads" }),
    step("delete-replaced", container, { image: "sha256:former" }),
    step("create-replacement", container, { image: "sha256:next", envs: ["DATABASE_URL=[secret]"], __defaults: [] }),
  ],
  madeAt: morning,
  expiresAt: new Date(morning.getTime() + 24 * 3_600_000),
};

it("is read from top to bottom: until when, each change in a block of its own, the rest, the file, and what binds", () => {
  expect(planText(plan, testWords)).toBe(`RENCANA 7: app-simpeg

Tiket: T-0042
Dibuat: 22 Nov 2026 09.00 WIB
Berlaku sampai: 23 Nov 2026 09.00 WIB
Image: sha256:${"b".repeat(64)}

PERUBAHAN DI HOST (1)

1. ♻️ Diganti: kontainer aplikasi (web-a): image, memory
   image: sha256:next
   envs:
     - DATABASE_URL=[secret]

LANGKAH PULUMI LAINNYA (4)

Tetap: jaringan aplikasi
   name: app-simpeg

Dibuat: koneksi ke Docker di host
   host: unix:///run/docker.sock

Dibuat: stack simpul-app-simpeg

Tetap: volume uploads
   name: app-simpeg-kept-uploads

BERKAS STACK

   kind: application
   environment:
     DATABASE_URL:
       sealed: "[secret]"

YANG MENGIKAT PERSETUJUAN (SHA-256)

Rencana: p1
Program: p2
Berkas stack: i1
Status Pulumi: s1
`);
});

it("says at its head that its host is not seen to be prepared", () => {
  expect(planText({ ...plan, isHostPrepared: true }, testWords)).not.toContain("firewall");
  expect(planText({ ...plan, isHostPrepared: false }, testWords)).toMatch(/^⚠️ Aturan firewall host .* prepare-host$/m);
});

it("says that nothing changes where nothing does", () => {
  const text = planText({ ...plan, imageId: null, changes: [], steps: [] }, testWords);
  expect(text).toContain("PERUBAHAN DI HOST (0)\n\nDi host tidak ada yang berubah.\n\nBERKAS STACK");
  expect(text).not.toContain("Image:");
});
